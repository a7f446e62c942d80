import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { shellWord } from "../../../gen/host/command.ts";
import { findTool } from "../../../gen/host/tool.ts";
import type { Activity } from "../../../ppa/activity/activity.ts";
import { readPowerLibrary } from "../../../ppa/power/library.ts";
import { powerOf } from "../../../ppa/power/power.ts";
import { readElectrical } from "../../../ppa/sta/electrical.ts";
import { staPower, type StaPower } from "../../../ppa/sta/power.ts";
import { openSta } from "../../../ppa/sta/tool.ts";
import { withClockGate } from "../support/clock-gate.ts";
import { netlistOf } from "../support/netlist.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { tinyPowerLibrary } from "../support/tiny-power-library.ts";

const sandbox = useSandbox();
useOwnCache();

const netlist = netlistOf("in clk", "in a[0]", "in a[1]", "out q", "u NAND2 A=a[0] B=a[1] Y=d", "r DFF CK=clk D=d Q=q");
const activity: Activity = {
  cycles: 200,
  gatedClocks: new Set(),
  nets: new Map(
    Object.entries({ "a[0]": [100, 0.5], "a[1]": [50, 0.25], d: [75, 0.875], q: [75, 0.875] }).map(
      ([net, [transitions = 0, high = 0]]) => [net, { transitions, high }],
    ),
  ),
};
const periodPs = 2000;

function job(): Parameters<typeof staPower>[1] {
  return {
    netlist,
    clock: { net: "clk", transitionPs: 100 },
    libertyPaths: [sandbox().write("power.lib", tinyPowerLibrary())],
    constraints: [
      `create_clock -name clk -period ${periodPs} [get_ports clk]`,
      'foreach port [all_inputs] { if {[get_property $port full_name] ne "clk"} { set_input_delay 0 -clock clk $port } }',
      "set_load 7 [all_outputs]",
    ].join("\n"),
    wireFfPerFanout: 2,
    timeoutMs: 30_000,
    activity,
    periodPs,
  };
}

test("the installed OpenSTA reports the same switching power, from inputs to outputs", async () => {
  const tool = await findTool(openSta);
  const library = await readPowerLibrary(job().libertyPaths, "tiny");
  const electrical = await readElectrical(tool, job());
  const { cells } = powerOf(netlist, library, activity, { periodPs, electrical });
  const check = await staPower(tool, job());
  expect(check?.switchingW).toBeGreaterThan(0);
  expect((check?.switchingW ?? NaN) / cells.switchingW).toBeCloseTo(1, 5);
  expect(check?.version).toBe(tool.version);
  expect(check?.internalW).toBeGreaterThan(0);
  expect(check?.leakageW).toBeGreaterThan(0);
});

test("the installed OpenSTA reports the same switching power of a netlist with clock gates", async () => {
  const tool = await findTool(openSta);
  const gated: Parameters<typeof staPower>[1] = {
    ...job(),
    netlist: netlistOf(
      "in clk",
      "in a[0]",
      "in a[1]",
      "out q",
      "g CKGATE CK=clk E=a[0] TE=0 GCK=c",
      "h CKGATE CK=clk E=a[1] TE=0 GCK=b",
      "r DFF CK=c D=a[1] Q=q",
      "s DFF CK=b D=q Q=p",
      "t DFF CK=b D=p",
    ),
    libertyPaths: [sandbox().write("gated.lib", withClockGate(tinyPowerLibrary()))],
    activity: {
      cycles: 200,
      gatedClocks: new Set(["b", "c"]),
      nets: new Map(
        Object.entries({
          "a[0]": [100, 0.5],
          "a[1]": [50, 0.25],
          q: [25, 0.5],
          p: [5, 0.5],
          c: [200, 0.25],
          b: [40, 0.05],
        }).map(([net, [transitions = 0, high = 0]]) => [net, { transitions, high }]),
      ),
    },
  };
  const library = await readPowerLibrary(gated.libertyPaths, "gated");
  const electrical = await readElectrical(tool, gated);
  const { cells, clockGates } = powerOf(gated.netlist, library, gated.activity, { periodPs, electrical });
  const check = await staPower(tool, gated);
  expect(clockGates.switchingW).toBeGreaterThan(0);
  expect((check?.switchingW ?? NaN) / cells.switchingW).toBeCloseTo(1, 5);
});

describe("another OpenSTA", () => {
  const total = "Total   4.00000000e-06 2.00000000e-06 1.00000000e-09 6.00100000e-06 100.0%";
  const withFake = async (version: string, body: string): Promise<StaPower | undefined> =>
    staPower({ program: sandbox().fakeSta(body, version), version }, job());
  const prints = (line: string): string =>
    `cp * ${shellWord(sandbox().folder)}; echo "@@ power"; echo "${line}"; echo "@@ finished"`;

  test("of version 2.6 or later is given the activity as a SAIF file", async () => {
    expect(await withFake("3.1.0", prints(total))).toEqual({
      version: "3.1.0",
      internalW: 4e-6,
      switchingW: 2e-6,
      leakageW: 1e-9,
      internalCounted: 1,
    });
    expect(readFileSync(`${sandbox().folder}/job.tcl`, "utf8")).toContain("read_saif -scope tiny activity.saif");
    expect(readFileSync(`${sandbox().folder}/activity.saif`, "utf8").split("\n")).toEqual([
      '(SAIFILE (SAIFVERSION "2.0") (DIRECTION "backward") (DIVIDER / ) (TIMESCALE 1 fs)',
      "(DURATION 400000000)",
      "(INSTANCE tiny",
      "(INSTANCE u0 (NET (A (T0 200000000) (T1 200000000) (TX 0) (TC 100) (IG 0)) " +
        "(B (T0 300000000) (T1 100000000) (TX 0) (TC 50) (IG 0)) (Y (T0 50000000) (T1 350000000) (TX 0) (TC 75) (IG 0))))",
      "(INSTANCE u1 (NET (CK (T0 200000000) (T1 200000000) (TX 0) (TC 400) (IG 0)) " +
        "(D (T0 50000000) (T1 350000000) (TX 0) (TC 75) (IG 0)) (Q (T0 50000000) (T1 350000000) (TX 0) (TC 75) (IG 0))))",
      "))",
      "",
    ]);
  });

  test("between those versions is not asked, since it takes activities in other units", async () => {
    expect(await withFake("2.3.1", "exit 1")).toBeUndefined();
  });

  test("that dies half-way, or prints no total or no number, is an error and never a zero or NaN", async () => {
    await expect(withFake("3.1.0", 'echo "@@ power"; exit 0')).rejects.toThrow(
      /^OpenSTA stopped before its end while reporting/,
    );
    await expect(withFake("3.1.0", prints("Nothing"))).rejects.toThrow(
      "OpenSTA printed no total while reporting the power of tiny",
    );
    await expect(withFake("3.1.0", prints(total.replace("2.00000000e-06", "nan")))).rejects.toThrow("printed no total");
  });
});

test("a purely combinational netlist, timed by a virtual clock, is reported as well", async () => {
  const gate = netlistOf("in a", "in b", "out y", "out through = a", "u NAND2 A=a B=b Y=w", "v INV A=w Y=y");
  const nets = new Map(["a", "b", "w", "y"].map((net, i) => [net, { transitions: 100 - i, high: 0.5 }]));
  const combinational = {
    ...job(),
    netlist: gate,
    clock: undefined,
    activity: { cycles: 200, nets, gatedClocks: new Set<string>() },
    constraints: [
      `create_clock -name clk -period ${periodPs}`,
      "set_input_delay 0 -clock clk [all_inputs]",
      "set_output_delay 0 -clock clk [all_outputs]",
      "set_load 7 [all_outputs]",
    ].join("\n"),
  };
  const check = await staPower(await findTool(openSta), combinational);
  // 2 + 2 and 7 + 2 fF at 2 V, 98 and 97 times in 400 ns.
  expect(check?.switchingW).toBeCloseTo((0.5 * 4 * (4e-15 * 98 + 9e-15 * 97)) / 400e-9, 11);
});
