import { describe, expect, test } from "vitest";
import type { Netlist } from "../../../ppa/netlist/netlist.ts";
import { readPowerLibrary } from "../../../ppa/power/library.ts";
import { powerOf } from "../../../ppa/power/power.ts";
import { totalW, type PowerReport } from "../../../ppa/power/report.ts";
import type { Electrical, PinElectrical } from "../../../ppa/sta/electrical.ts";
import { withClockGate } from "../support/clock-gate.ts";
import { netlistOf } from "../support/netlist.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { tinyPowerLibrary } from "../support/tiny-power-library.ts";

const sandbox = useSandbox();
useOwnCache();

/** A thousand cycles of a nanosecond: a transition in each is 1e9 per second, so that 1 fJ for each is 1 uW. */
const [cycles, periodPs] = [1000, 1000];

interface Setting {
  /** Transitions and the fraction of time at 1. */
  readonly activity: Readonly<Record<string, readonly [transitions: number, high: number]>>;
  readonly risePs?: number;
  readonly fallPs?: number;
  readonly loadFf?: number;
  readonly clock?: Electrical["clock"];
  readonly gatedClocks?: readonly string[];
}

/** Power with the same transition times at all inputs and the same load at all outputs. */
async function power(netlist: Netlist, setting: Setting): Promise<PowerReport> {
  const { activity, risePs = 100, fallPs = 100, loadFf = 10, clock, gatedClocks = [] } = setting;
  const library = await readPowerLibrary([sandbox().write("power.lib", withClockGate(tinyPowerLibrary()))], "tiny");
  const instances = netlist.instances.map(
    ({ pins }) =>
      new Map(
        [...pins.keys()].map((pin): [string, PinElectrical] => [
          pin,
          /^[YQG]/.test(pin) ? { loadFf } : { risePs, fallPs },
        ]),
      ),
  );
  const nets = new Map(Object.entries(activity).map(([net, [transitions, high]]) => [net, { transitions, high }]));
  return powerOf(
    netlist,
    library,
    { cycles, nets, gatedClocks: new Set(gatedClocks) },
    { periodPs, electrical: { instances, clock } },
  );
}

const clock = { net: "clk", transitionPs: 100, loadFf: 3 };
const micro = 1e-6;
const nano = 1e-9;

describe("switching power", () => {
  test("is half of C V^2 for each transition, at the supply of the operating conditions", async () => {
    const report = await power(netlistOf("u INV A=a Y=y"), { activity: { a: [500, 0.5], y: [500, 0.5] } });
    expect(report.cells.switchingW).toBeCloseTo(0.5 * 10e-15 * 4 * 0.5e9, 15);
  });

  test("of the clock's pins is C V^2 in every cycle, an entry of its own and part of the total", async () => {
    const report = await power(netlistOf("u DFF CK=clk D=d Q=q"), { activity: { d: [0, 0], q: [0, 0] }, clock });
    expect(report.clockNetworkW).toBeCloseTo(3e-15 * 4 * 1e9, 15);
    expect(report.cells.switchingW).toBe(0);
    expect(report.total.switchingW).toBe(report.clockNetworkW);
    expect(totalW(report.total)).toBeCloseTo(totalW(report.cells) + report.clockNetworkW, 15);
  });
});

describe("clock gates", () => {
  const netlist = netlistOf("g CKGATE CK=clk E=e TE=0 GCK=c", "u DFF CK=c D=d Q=q", "v DFF CK=clk D=d Q=p");
  const setting = {
    activity: { e: [0, 0.25], d: [0, 0], q: [0, 0], p: [0, 0], c: [500, 0.125] },
    gatedClocks: ["c"],
    clock,
  } as const;

  test("are a group of their own, which switches the clock pins behind them", async () => {
    const report = await power(netlist, { ...setting, loadFf: 2 });
    expect(report.instances.map(({ group }) => group)).toEqual(["clockGates", "registers", "registers"]);
    expect(report.clockGates.switchingW).toBeCloseTo(0.5 * 2e-15 * 4 * 0.5e9, 15);
    expect(report.clockNetworkW).toBeCloseTo(3e-15 * 4 * 1e9, 15);
    expect(totalW(report.cells)).toBeCloseTo(
      totalW(report.registers) + totalW(report.combinational) + totalW(report.clockGates),
      15,
    );
  });

  test("spend what the library says for edges that pass and for those that do not", async () => {
    const report = await power(netlist, setting);
    // 2000 edges a cycle at CK, of which 2 fJ where E and GCK are 0; 500 at GCK.
    const held = 2 * 0.75 * 0.875 * 2;
    expect(report.clockGates.internalW).toBeCloseTo((held + 0.5 * 10) * micro, 12);
    expect(report.clockGates.leakageW).toBeCloseTo(4 * nano, 15);
  });

  test("leave registers their own part of the clock, at the ideal clock's transition time", async () => {
    const { instances } = await power(netlist, { ...setting, risePs: 1000, fallPs: 1000 });
    // 10 fJ at 100 ps; at 1000 ps it would be 28.
    const clockPin = (i: number): number => instances[i]?.internalW ?? NaN;
    expect(clockPin(1)).toBeCloseTo(0.5 * 10 * micro, 12);
    expect(clockPin(2)).toBeCloseTo(2 * 10 * micro, 12);
  });
});

describe("internal power", () => {
  test("is the mean of both edges for each transition of the output", async () => {
    const report = await power(netlistOf("u INV A=a Y=y"), { activity: { a: [1000, 0.5], y: [1000, 0.5] } });
    expect(report.cells.internalW).toBeCloseTo(2 * micro, 12);
  });

  test("is divided among the inputs by how often each moves the output", async () => {
    // A moves Y while B is 1, a quarter of the time, B while A is 1, half of it: 250 + 100 causes for 300 transitions.
    const activity = { a: [1000, 0.5], b: [200, 0.25], y: [300, 0.875] } as const;
    const report = await power(netlistOf("u NAND2 A=a B=b Y=y"), { activity });
    const output = 0.3 * ((250 * 4 + 100 * 8) / 350);
    const input = 1 * 0.75 * 1;
    expect(report.cells.internalW).toBeCloseTo((output + input) * micro, 12);
  });

  test("is looked up at the load and at the input edge that causes the output's, between the points of the table", async () => {
    // An output that rises is an input that falls: 300 ps, 15 fF, between 2 and 14 fJ; falling costs nothing.
    const report = await power(netlistOf("u NOR2 A=a B=0 Y=y"), {
      activity: { a: [1000, 0.5], y: [1000, 0.5] },
      risePs: 100,
      fallPs: 300,
      loadFf: 15,
    });
    expect(report.cells.internalW).toBeCloseTo(((3 + 13) / 2 / 2) * micro, 12);
  });

  test("goes on along the table's last interval beyond its edges", async () => {
    const setting = { activity: { a: [1000, 0.5], y: [1000, 0.5] } } as const;
    const report = await power(netlistOf("u NOR2 A=a B=0 Y=y"), { ...setting, fallPs: 800, loadFf: 5 });
    expect(report.cells.internalW).toBeCloseTo(((8 - 5) / 2) * micro, 12);
  });

  test("of several supplies adds up", async () => {
    const activity = { c: [1000, 0.5], y: [1000, 0.5] } as const;
    const report = await power(netlistOf("u AOI21 A=0 B=0 C=c Y=y"), { activity });
    expect(report.cells.internalW).toBeCloseTo((2 + 3) * micro, 12);
  });

  test("of a register is its clock pin's in every cycle, its data pin's by its conditions, and its outputs'", async () => {
    const activity = { d: [400, 0.5], q: [400, 0.25] } as const;
    const report = await power(netlistOf("u DFF CK=clk D=d Q=q"), { activity, clock });
    const clockPin = 2 * 10;
    const data = 0.4 * (0.5 * 0.25 * 6 + 0.5 * 2);
    const outputs = 0.4 * (20 + 30); // The inverted output drives nothing, but changes with the other.
    expect(report.registers.internalW).toBeCloseTo((clockPin + data + outputs) * micro, 12);
    expect(report.combinational).toEqual({ internalW: 0, switchingW: 0, leakageW: 0 });
  });

  test("of an output that drives nothing is that of the transitions its function makes", async () => {
    const activity = { a: [1000, 0.5], b: [0, 0.25] } as const;
    const report = await power(netlistOf("u NAND2 A=a B=b"), { activity });
    expect(report.cells.internalW).toBeCloseTo((0.25 * 4 + 0.75 * 1) * micro, 12);
    expect(report.cells.switchingW).toBe(0);
  });

  test("is zero where nothing changes, constants included", async () => {
    const report = await power(netlistOf("u NAND2 A=1 B=b Y=y"), { activity: { b: [0, 1], y: [0, 0] } });
    expect(report.cells).toEqual({ internalW: 0, switchingW: 0, leakageW: 2 * nano });
  });
});

describe("leakage", () => {
  const leakage = async (line: string, high: number): Promise<number> => {
    const activity = { a: [0, high], b: [0, 0.5], y: [0, 0] } as const;
    return (await power(netlistOf(line), { activity })).cells.leakageW;
  };

  test("is weighed by the probability of each state", async () => {
    expect(await leakage("u INV A=a Y=y", 0.25)).toBeCloseTo((0.25 * 1 + 0.75 * 3) * nano, 15);
  });

  test("is the cell's average in the states that the library does not list", async () => {
    expect(await leakage("u NAND2 A=a B=b Y=y", 0.5)).toBeCloseTo((0.25 * 2 + 0.75 * 10) * nano, 15);
    expect(await leakage("u DFF CK=a D=b Q=y", 0.5)).toBeCloseTo(5 * nano, 15);
  });

  test("into the ground pin is the same current again and not counted", async () => {
    expect(await leakage("u AOI21 A=a B=b C=0 Y=y", 0.5)).toBeCloseTo(7 * nano, 15);
  });
});

describe("power is refused", () => {
  const inverter = netlistOf("u INV A=a Y=y");
  const activity = { a: [1000, 0.5], y: [1000, 0.5] } as const;

  test("for a cell that the library lacks", async () => {
    await expect(power(netlistOf("u9 INV9 A=a Y=y"), { activity })).rejects.toThrow(
      /^the library has no cell INV9, of which the netlist's u9 is one; map the netlist to this library again$/,
    );
  });

  test("for a cell without energies, in a library that has some", async () => {
    await expect(power(netlistOf("u BUF A=a Y=y"), { activity })).rejects.toThrow(
      /^the library has no internal_power tables for BUF, so power is not reported; use a library/,
    );
  });

  test.each([
    ["a net without activity", { a: [1, 0.5] }, "the activity of the net y of tiny is missing; simulate"],
    [
      "activity that is no number",
      { a: [NaN, 0.5], y: [1, 0.5] },
      "is NaN transitions and 0.5 of the time at 1; simulate",
    ],
    [
      "more than all of the time at 1",
      { a: [1, 1.5], y: [1, 0.5] },
      "is 1 transitions and 1.5 of the time at 1; simulate",
    ],
  ] as const)("for %s", async (_, wrong, sentence) => {
    await expect(power(inverter, { activity: wrong })).rejects.toThrow(sentence);
  });

  test("for a pin that changes and has no transition time", async () => {
    await expect(power(inverter, { activity, risePs: NaN })).rejects.toThrow(
      "OpenSTA gave no transition time for the pin A of u; run it again",
    );
    await expect(power(inverter, { activity, loadFf: NaN })).rejects.toThrow("OpenSTA gave no load for the pin Y of u");
  });

  test("over no time", async () => {
    const library = await readPowerLibrary([sandbox().write("power.lib", tinyPowerLibrary())], "tiny");
    const electrical = { instances: [], clock: undefined };
    const nothing = { cycles: 0, nets: new Map(), gatedClocks: new Set<string>() };
    expect(() => powerOf(inverter, library, nothing, { periodPs, electrical })).toThrow(
      "the power of tiny was asked for over 0 cycles of 1000 ps; both must be positive",
    );
  });
});
