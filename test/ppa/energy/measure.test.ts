import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { measureEnergy, type DesignEnergy, type NoEnergy } from "../../../ppa/energy/measure.ts";
import { mappedNetlist, type MappedNetlist } from "../../../ppa/netlist/mapped.ts";
import { osu018 as technology } from "../../../ppa/tech/osu018.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { prepare, type PreparedTechnology } from "../../../ppa/tech/prepare.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { makeWorkload } from "../../../ppa/workload/workload.ts";
import { mapped, withText } from "../activity/support/mapped.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { someTools } from "../support/tools.ts";

const sandbox = useSandbox();
useOwnCache();

const files = locate(technology);
const request = { unit: "relu", format: "e3m2", lanes: 1 };
const workloads = [
  makeWorkload({ kind: "dense" }, parseFormat("e3m2")),
  makeWorkload({ kind: "uniform" }, parseFormat("e3m2")),
];

describe.skipIf(files === undefined)("the energy of a mapped unit", () => {
  let netlist: MappedNetlist;

  beforeAll(async () => {
    ({ netlist } = await mapped(request, technology, files ?? []));
  });

  const energyOf = async (of: MappedNetlist): Promise<DesignEnergy | NoEnergy> =>
    measureEnergy(await someTools(), of, workloads);
  const inTechnology = (other: PreparedTechnology): MappedNetlist =>
    mappedNetlist(netlist.design, other, netlist.recipe, netlist.text);

  const expectEnergy = (measured: DesignEnergy | NoEnergy): DesignEnergy => {
    if ("refused" in measured) throw new Error(measured.refused);
    return measured;
  };

  test("is that of every workload, with OpenSTA's switching power of the first beside it", async () => {
    const energy = expectEnergy(await energyOf(netlist));
    expect(energy.workloads.map(([{ name }]) => name)).toEqual(["dense", "uniform"]);
    const [[, dense] = [], [, uniform] = []] = energy.workloads;
    // Positive numbers pass, negative ones leave the register at 0.
    expect(dense?.isolated.registers.internalW).toBeGreaterThan(0);
    expect(dense?.outputBits).toBeGreaterThan(32 * 1024 * 7);
    expect(uniform?.isolated.combinational.switchingW).toBeGreaterThan(0);
    expect(energy.check).toMatchObject({ workload: "dense", atMHz: technology.commonMHz });
    const { openSta: theirs, ours } = energy.check ?? {};
    expect((theirs?.switchingW ?? NaN) / (ours?.switchingW ?? NaN)).toBeCloseTo(1, 4);
  });

  test("is the same from the cache", async () => {
    const { version } = (await someTools()).sta;
    const broken = await someTools({ sta: { program: "nowhere", version }, timeoutMs: 1 });
    expect(await measureEnergy(broken, netlist, workloads)).toEqual(await energyOf(netlist));
  });

  test("is larger where nets have wires, by what charging them takes", async () => {
    const wired = inTechnology({ ...netlist.technology, wireFfPerFanout: 4 });
    const [[, without] = []] = expectEnergy(await energyOf(netlist)).workloads;
    const [[, withWires] = []] = expectEnergy(await energyOf(wired)).workloads;
    expect(withWires?.isolated.combinational.switchingW).toBeGreaterThan(
      without?.isolated.combinational.switchingW ?? NaN,
    );
    expect(withWires?.isolated.clockNetworkW).toBeGreaterThan(without?.isolated.clockNetworkW ?? NaN);
    expect(withWires?.isolated.registers.leakageW).toBe(without?.isolated.registers.leakageW);
  });

  test("is refused in words where the library has no power tables", async () => {
    const text = readFileSync(files?.[0] ?? "", "utf8").replaceAll("internal_power", "external_power");
    const liberty = sandbox().write("dark.lib", text.replace("osu018_stdcells", "dark"));
    const dark = await prepare(userTechnology([liberty]), [liberty]);
    expect(await energyOf(inTechnology(dark))).toEqual({
      refused: `dark.lib holds no internal_power tables, so power is not reported; use a library that was characterised for power`,
    });
  });

  test("is refused where the netlist has a cell that the library lacks", async () => {
    const wrong = netlist.text.replace(/^( *)(?:NOR2X1|AND2X2|INVX1)\b/m, "$1NOR9X9");
    expect(wrong).not.toBe(netlist.text);
    await expect(energyOf(withText(netlist, wrong))).rejects.toThrow(/NOR9X9/);
  });

  test("is refused where OpenSTA dies half-way", async () => {
    const sta = { program: sandbox().fakeSta("echo reading; kill -9 $$"), version: "2.0.17" };
    const other = withText(netlist, netlist.text.replace(/\n$/, "\n\n"));
    await expect(measureEnergy(await someTools({ sta }), other, workloads)).rejects.toThrow(
      /^OpenSTA .*(signal|killed|SIGKILL).* while reading the loads of relu_e3m2_x1/,
    );
  });
});
