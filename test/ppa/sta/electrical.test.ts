import { describe, expect, test } from "vitest";
import { findTool } from "../../../gen/host/tool.ts";
import { readElectrical, type Electrical, type ElectricalJob } from "../../../ppa/sta/electrical.ts";
import { openSta } from "../../../ppa/sta/tool.ts";
import { withClockGate } from "../support/clock-gate.ts";
import { netlistOf } from "../support/netlist.ts";
import { useSandbox } from "../support/sandbox.ts";
import { tinyPowerLibrary } from "../support/tiny-power-library.ts";

const sandbox = useSandbox();

const constraints = [
  "create_clock -name clk -period 1000 [get_ports clk]",
  "set_input_transition 150 [all_inputs]",
  "set_load 7 [all_outputs]",
].join("\n");

const netlist = netlistOf(
  "in clk",
  "in a[0]",
  "in a[1]",
  "out y[0]",
  "out y[1] = y[0]",
  "out through = a[1]",
  "out high = 1",
  "u.lane[3]/x NAND2 A=a[0] B=\\odd/net[2] Y=y[0]",
  "v INV A=a[0] Y=w",
  "k NAND2 A=1 B=w Y=z",
  "r DFF CK=clk D=z Q=\\odd/net[2]",
  "s DFF CK=clk D=z QN=y2",
  "t INV A=y2",
);

/** A wire load model by default, as sky130's and nangate's libraries name one. */
const wireLoadModel = `wire_load (small) { capacitance : 1; resistance : 0; slope : 1; fanout_length (1, 1); }
  default_wire_load : small; cell (INV)`;

function job(changes: Partial<ElectricalJob> = {}): ElectricalJob {
  const library = tinyPowerLibrary().replace("cell (INV)", wireLoadModel);
  return {
    netlist,
    clock: { net: "clk", transitionPs: 80 },
    libertyPaths: [sandbox().write("power.lib", library)],
    constraints,
    wireFfPerFanout: 0,
    timeoutMs: 30_000,
    ...changes,
  };
}

const read = async (changes: Partial<ElectricalJob> = {}): Promise<Electrical> =>
  readElectrical(await findTool(openSta), job(changes));

/** The loads of the outputs, by instance and pin, rounded to what single precision keeps. */
function loads({ instances }: Electrical): Record<string, number> {
  return Object.fromEntries(
    instances.flatMap((pins, i) =>
      [...pins].flatMap(([pin, found]) =>
        "loadFf" in found ? [[`${netlist.instances[i]?.name ?? ""} ${pin}`, Number(found.loadFf.toFixed(4))]] : [],
      ),
    ),
  );
}

describe("what OpenSTA knows of a netlist", () => {
  test("are the loads of the nets: pins and output loads, without any wire load model of the library", async () => {
    const electrical = await read();
    expect(loads(electrical)).toEqual({
      "u.lane[3]/x Y": 14, // Two outputs.
      "v Y": 2,
      "k Y": 4,
      "r Q": 2,
      "r QN": 0,
      "s Q": 0,
      "s QN": 2,
      "t Y": 0,
    });
    expect(electrical.clock).toMatchObject({ net: "clk", transitionPs: 80 });
    expect(electrical.clock?.loadFf).toBeCloseTo(4, 5);
  });

  test("include so much wire for each pin driven as is asked for, the clock's too", async () => {
    const electrical = await read({ wireFfPerFanout: 3 });
    expect(loads(electrical)).toEqual({
      "u.lane[3]/x Y": 20,
      "v Y": 5,
      "k Y": 10,
      "r Q": 5,
      "r QN": 0,
      "s Q": 0,
      "s QN": 5,
      "t Y": 0,
    });
    expect(electrical.clock?.loadFf).toBeCloseTo(10, 5);
  });

  test("are the transition times at the inputs: the constraints' at ports, the tables' behind cells", async () => {
    const { instances } = await read();
    const slews = (name: string, pin: string): unknown =>
      instances[netlist.instances.findIndex((instance) => instance.name === name)]?.get(pin);
    const about = (ps: number): number => expect.closeTo(ps, 3) as number;
    expect(slews("v", "A")).toEqual({ risePs: about(150), fallPs: about(150) });
    // From 150 ps at v, which drives 2 fF: 117.2 ps at k, which drives 4 fF.
    expect(slews("r", "D")).toEqual({ risePs: about(118.389), fallPs: about(118.389) });
  });

  test("do not depend on whether a clock comes through a gate", async () => {
    const gated = netlistOf(
      "in clk",
      "in a[0]",
      "in a[1]",
      "g CKGATE CK=clk E=a[0] TE=0 GCK=c",
      ...["clk", "c"].flatMap((ck, i) => [`r${i} DFF CK=${ck} D=a[1] Q=q${i}`, `u${i} INV A=q${i}`]),
    );
    const library = sandbox().write("gated.lib", withClockGate(tinyPowerLibrary()));
    const { instances, clock } = await read({
      netlist: gated,
      libertyPaths: [library],
      clock: { net: "clk", transitionPs: 900 },
    });
    expect(instances[4]?.get("A")).toEqual(instances[2]?.get("A"));
    const load = instances[0]?.get("GCK") ?? { loadFf: NaN };
    expect("loadFf" in load ? load.loadFf : NaN).toBeCloseTo(2, 5);
    expect(clock?.loadFf).toBeCloseTo(4 + 2, 5);
  });

  test("fails in words for a cell that the library lacks", async () => {
    await expect(read({ netlist: netlistOf("in clk", "u INV9 A=clk Y=y") })).rejects.toThrow(
      /^OpenSTA failed while reading the loads of tiny: /,
    );
  });
});

describe("an OpenSTA that does not come to its end", () => {
  const withFake = (body: string): Promise<Electrical> =>
    readElectrical({ program: sandbox().fakeSta(body), version: "2.0.17" }, job());

  test("dies half-way: no half of a result, but one sentence", async () => {
    await expect(withFake('echo "pin u0/A 1e-10 1e-10"; kill -9 $$')).rejects.toThrow(
      /^OpenSTA was ended by SIGKILL while reading the loads of tiny; run it again, or set FLARE_STA/,
    );
    await expect(withFake('echo "pin u0/A 1e-10 1e-10"; exit 0')).rejects.toThrow(
      /^OpenSTA stopped before its end while reading the loads of tiny: /,
    );
  });

  test("leaves an instance out: an error by its name", async () => {
    await expect(withFake('echo "pin u0/A 1e-10 1e-10"; echo "@@ finished"')).rejects.toThrow(
      "OpenSTA printed nothing of v while reading the loads of tiny; run it again",
    );
  });

  test("leaves the clock out: an error as well", async () => {
    const pins = netlist.instances.map((_, i) => `echo "pin u${i}/A 1e-10 1e-10"`).join("; ");
    await expect(withFake(`${pins}; echo "@@ finished"`)).rejects.toThrow("OpenSTA printed nothing of the clock while");
  });
});
