import { describe, expect, test } from "vitest";
import type { NetActivity } from "../../../ppa/activity/activity.ts";
import { netlistCircuit } from "../../../ppa/activity/netlist-circuit.ts";
import { readNetlist } from "../../../ppa/netlist/read.ts";
import { simulatorOf, type Subject } from "../../../ppa/activity/simulate.ts";
import { Tally } from "../../../ppa/activity/tally.ts";
import type { Stimulus } from "../../../ppa/workload/stimulus.ts";
import { someCells } from "./support/library.ts";

const circuit = (lines: readonly string[]): ReturnType<typeof netlistCircuit> =>
  netlistCircuit(
    readNetlist(
      [
        "module m (clk_i, rst_ni, a, y);",
        "input clk_i;",
        "input rst_ni;",
        "input a;",
        "output y;",
        ...lines,
        "endmodule",
        "",
      ].join("\n"),
    ),
    someCells,
    "clk_i",
  );

/** What is at `rst_ni` and `a`, cycle by cycle, in each run, as texts of 0 and 1; a `+` below a cycle counts it. */
function stimulus(reset: string, runs: readonly string[], counted: string, changes: Partial<Stimulus> = {}): Stimulus {
  const cycles = reset.length;
  const words = new Int32Array(2 * cycles);
  for (let cycle = 0; cycle < cycles; cycle++) {
    words[2 * cycle] = reset[cycle] === "1" ? -1 : 0;
    words[2 * cycle + 1] = runs.reduce((word, run, i) => word | (Number(run[cycle]) << i), 0);
  }
  const flags = Uint8Array.from(counted.padEnd(cycles), (mark) => (mark === "+" ? 1 : 0));
  return {
    firstVector: 64,
    vectors: runs.length,
    ports: [
      { name: "rst_ni", width: 1, first: 0 },
      { name: "a", width: 1, first: 1 },
    ],
    frame: 2,
    cycles,
    words,
    counted: flags,
    countedCycles: flags.filter((flag) => flag === 1).length,
    handshakes: [],
    ...changes,
  };
}

function activity(lines: readonly string[], ...stimuli: readonly Stimulus[]): Record<string, NetActivity> {
  const netlist = circuit(lines);
  const tally = new Tally(netlist);
  const simulate = simulatorOf({ title: "m", netlist, rtl: netlist });
  for (const each of stimuli) simulate(each, tally);
  return Object.fromEntries(tally.nets());
}

/** A two-bit counter with reset: q0 toggles, q1 toggles where q0 was 1; y is q1. */
const counter = [
  "INV i0 (.A(q0), .Y(d0));",
  "XOR2 x1 (.A(q0), .B(y), .Y(d1));",
  "DFFR r0 (.CK(clk_i), .RN(rst_ni), .D(d0), .Q(q0));",
  "DFFR r1 (.CK(clk_i), .RN(rst_ni), .D(d1), .Q(y));",
];

describe("the activity of a net", () => {
  test("is what a two-bit counter does in nine cycles, counted by hand", () => {
    //                          cycle   0 1 2 3 4 5 6 7 8 9 10 11
    // q0 (reset in the first two)      0 0 0 1 0 1 0 1 0 1 0  1
    // q1                               0 0 0 0 1 1 0 0 1 1 0  0
    const nets = activity(counter, stimulus("001111111111", ["000000000000"], "   +++++++++"));
    expect(nets).toEqual({
      rst_ni: { transitions: 0, high: 1 },
      a: { transitions: 0, high: 0 },
      q0: { transitions: 9, high: 5 / 9 },
      d0: { transitions: 9, high: 1 - 5 / 9 },
      y: { transitions: 4, high: 4 / 9 },
      // q0 xor q1: 0 0 0 1 1 0 0 1 1 0 0 1
      d1: { transitions: 5, high: 5 / 9 },
    });
  });

  test("counts the change that the first counted cycle begins with, and none of the others before", () => {
    const nets = activity(["BUF b (.A(a), .Y(y));"], stimulus("11111", ["01001"], "  +++"));
    expect(nets["y"]).toEqual({ transitions: 2, high: 1 / 3 });
  });

  test("is summed over runs that differ, whatever their number", () => {
    const runs = ["0101", "0011", "0000"];
    const nets = activity(["AND2 g (.A(a), .B(rst_ni), .Y(y));"], stimulus("1111", runs, " +++"));
    expect(nets["y"]).toEqual({ transitions: 3 + 1 + 0, high: (2 + 2 + 0) / 9 });
    const inverted = activity(["INV g (.A(a), .Y(y));"], stimulus("1111", runs, " +++"));
    expect(inverted["y"]?.transitions).toBe(4);
    expect(inverted["y"]?.high).toBeCloseTo(5 / 9, 15);
    const all = activity(["INV g (.A(a), .Y(y));"], stimulus("1111", Array<string>(32).fill("0101"), " +++"));
    expect(all["y"]?.transitions).toBe(96);
  });

  test("adds up over several stimuli", () => {
    const once = stimulus("111", ["010"], " ++");
    expect(activity(["BUF b (.A(a), .Y(y));"], once, once)["y"]).toEqual({ transitions: 4, high: 1 / 2 });
  });

  test("of a constant is none", () => {
    const nets = activity(
      ["AND2 g (.A(a), .B(1'b0), .Y(n));", "INV i (.A(n), .Y(y));"],
      stimulus("111", ["010"], " ++"),
    );
    expect(nets["n"]).toEqual({ transitions: 0, high: 0 });
    expect(nets["y"]).toEqual({ transitions: 0, high: 1 });
  });
});

describe("netlist and RTL", () => {
  const subjectOf = (register: string): Subject => ({
    title: "the netlist of m for tiny",
    netlist: circuit(["XOR2 g (.A(a), .B(q), .Y(y));", register]),
    rtl: circuit(["AND2 g (.A(a), .B(n), .Y(y));", "INV i (.A(q), .Y(n));", register]),
  });
  const subject = subjectOf("DFF r (.CK(clk_i), .D(a), .Q(q));");
  // They differ in cycle 3, where a falls.
  const early = stimulus("0011111", ["0010000", "0000000"], "    +  ");

  test("are compared in every cycle from the first counted one on", () => {
    expect(simulatorOf(subject)(early, new Tally(subject.netlist))).toEqual({ cycles: 6, bits: 6 });
  });

  test("are compared before, too, where only registers with a reset are behind an output", () => {
    const withReset = subjectOf("DFFR r (.CK(clk_i), .RN(rst_ni), .D(a), .Q(q));");
    expect(() => simulatorOf(withReset)(early, new Tally(withReset.netlist))).toThrow("in cycle 3 of vector 64, y is 1");
    const nothing = stimulus("0011111", ["0000000"], "    +  ");
    expect(simulatorOf(withReset)(nothing, new Tally(withReset.netlist))).toEqual({ cycles: 3, bits: 7 });
  });

  test("that leave reset with other values differ in the first cycle", () => {
    const rtl = circuit(["DFFR r (.CK(clk_i), .RN(rst_ni), .D(a), .Q(y));"]);
    const netlist = circuit(["DFFS r (.CK(clk_i), .SN(rst_ni), .D(a), .Q(y));"]);
    const run = (): unknown => simulatorOf({ title: "m", netlist, rtl })(early, new Tally(netlist));
    expect(run).toThrow(
      "m differs from its RTL: in cycle 0 of vector 64, y is 1 and should be 0 (inputs: rst_ni = 0x0",
    );
  });

  test("that differ end with the first bit that does, its cycle, vector and inputs", () => {
    const differs = stimulus("00111", ["00000", "00100"], "  +  ");
    expect(() => simulatorOf(subject)(differs, new Tally(subject.netlist))).toThrow(
      "the netlist of m for tiny differs from its RTL: in cycle 3 of vector 65, y is 1 and should be 0 " +
        "(inputs: rst_ni = 0x1, a = 0x0); Yosys or ABC made it wrong, so nothing is reported of it: use another library, and tell us of this one",
    );
  });

  test("must have the same outputs", () => {
    const other = { ...subject.netlist, outputs: new Map() };
    const run = (): unknown =>
      simulatorOf({ ...subject, netlist: other })(stimulus("11", ["00"], " +"), new Tally(other));
    expect(run).toThrow("the netlist of m for tiny: its y has 0 bits, and the RTL's 1; map it again");
  });

  test("must be ready where the stimulus presents a beat", () => {
    const handshakes = [["a", "y"]] as const;
    const andGate = circuit(["AND2 g (.A(a), .B(n), .Y(y));", "INV i (.A(q), .Y(n));", "DFF r (.CK(clk_i), .D(a), .Q(q));"]);
    const same = { ...subject, netlist: andGate };
    const run = (): unknown =>
      simulatorOf(same)(stimulus("00111", ["00011"], "  +++", { handshakes }), new Tally(andGate));
    expect(run).toThrow("the netlist of m for tiny: y is 0 in cycle 4, in which a presents a beat");
  });
});
