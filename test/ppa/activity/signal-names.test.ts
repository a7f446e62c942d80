import { beforeAll, describe, expect, test } from "vitest";
import { circuitOf } from "../../../gen/hdl/circuit/elaborate.ts";
import { ModuleBuilder } from "../../../gen/hdl/builder.ts";
import type { Module } from "../../../gen/hdl/module.ts";
import * as op from "../../../gen/hdl/operators.ts";
import { activityBench, type ActivityBench } from "../../../ppa/activity/measure.ts";
import { netlistCircuit } from "../../../ppa/activity/netlist-circuit.ts";
import { readNetlist } from "../../../ppa/netlist/read.ts";
import { matchSignals, namedBits, signalNames, type SignalNames } from "../../../ppa/activity/signal-names.ts";
import { signaturesOf, type RandomRun } from "../../../ppa/activity/signatures.ts";
import { osu018 } from "../../../ppa/tech/osu018.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { seededRandom } from "../../../gen/numeric/random.ts";
import { useOwnCache } from "../support/sandbox.ts";
import { someCells } from "./support/library.ts";
import { mapped } from "./support/mapped.ts";

useOwnCache();

/** both = a[0] and a[1]; odd = their exclusive or; never is constant. */
function smallModule(): Module {
  const m = new ModuleBuilder("small", { purpose: "a test", notes: [] });
  const a = m.input("a_i", 2);
  const both = m.let("both", op.and(op.bit(a, 0), op.bit(a, 1)));
  const odd = m.let("odd", op.xor(op.bit(a, 0), op.bit(a, 1)));
  const never = m.let("never", op.and(both, odd));
  m.output("y_o", m.let("y", op.or(odd, never)));
  return m.build();
}

const smallNetlist = `module small (a_i, y_o);
  input [1:0] a_i;
  output y_o;
  wire _0_;
  wire _1_;
  wire _2_;
  wire _3_;
  AND2 _0_ (.A(a_i[0]), .B(a_i[1]), .Y(_0_));
  INV _1_ (.A(_0_), .Y(_1_));
  XOR2 _2_ (.A(a_i[0]), .B(a_i[1]), .Y(y_o));
  AND2 _3_ (.A(_0_), .B(y_o), .Y(_2_));
  INV _4_ (.A(a_i[1]), .Y(_3_));
endmodule
`;

/** Cycles whose words for both bits of `a_i` are given. */
const run = (...cycles: readonly (readonly [number, number])[]): RandomRun => ({
  warmUp: 0,
  cycles: cycles.map((words) => new Map([["a_i", Int32Array.from(words)]])),
});

function namesOfSmall(...runs: readonly RandomRun[]): Record<string, string> {
  const netlist = netlistCircuit(readNetlist(smallNetlist), someCells, undefined);
  return printedNames(matchSignals(netlist, circuitOf(smallModule()), runs));
}

function printedNames(names: SignalNames): Record<string, string> {
  return Object.fromEntries(
    [...names].map(([net, found]) => [
      net,
      found.map(({ name, inverted }) => `${inverted ? "~" : ""}${name}`).join(" "),
    ]),
  );
}

test("nets are the RTL's signals that they equal, or their inverses; what never changes has no name", () => {
  expect(namesOfSmall(run([0b0101, 0b0011], [0b1101, 0b0010]))).toEqual({
    "a_i[0]": "a_i[0]",
    "a_i[1]": "a_i[1]",
    _0_: "both",
    _1_: "~both",
    y_o: "odd y y_o",
    _3_: "~a_i[1]",
  });
});

test("two signals that one run does not tell apart pass for one, and a second run parts them", () => {
  // As long as a[1] is high, `both` looks like a[0] and `odd` like its inverse.
  const blind = run([0b0101, -1], [0b0110, -1]);
  expect(namesOfSmall(blind)).toMatchObject({ _0_: "a_i[0] both ~odd ~y ~y_o" });
  expect(namesOfSmall(blind, run([0b0101, 0b0011]))).toMatchObject({ _0_: "both", y_o: "odd y y_o" });
});

const files = locate(osu018);

describe.skipIf(files === undefined)("the names of a unit mapped to osu018", () => {
  let bench: ActivityBench;
  let names: SignalNames;
  let rtlBits: ReturnType<typeof namedBits>;
  beforeAll(async () => {
    const unit = await mapped({ unit: "flare", format: "e3m2", lanes: 2, stages: 2 }, osu018, files ?? []);
    bench = await activityBench(unit.netlist);
    names = signalNames(bench);
    rtlBits = namedBits(bench.rtl.signals);
  });

  test("are those that synthesis kept, wherever it kept one", () => {
    const kept = [...bench.netlist.nets.keys()].filter((net) => rtlBits.has(net) && names.has(net));
    expect(kept.length).toBeGreaterThan(50);
    for (const net of kept) expect(names.get(net)).toContainEqual({ name: net, inverted: false });
  });

  test("cover at least a third of the nets that synthesis numbered", () => {
    const numbered = [...bench.netlist.nets.keys()].filter((net) => /^_\d+_$/.test(net));
    expect(numbered.filter((net) => names.has(net)).length).toBeGreaterThan(numbered.length / 3);
  });

  test("hold for other random inputs than those that found them", () => {
    const random = seededRandom(77);
    const word = (): number => random.uint32() | 0;
    const frames = Array.from(
      { length: 400 },
      () => new Map(bench.entry.ports.map(({ name, width }) => [name, Int32Array.from({ length: width }, word)])),
    );
    for (const frame of frames.slice(2)) frame.set("rst_ni", Int32Array.of(-1));
    const others = [{ warmUp: 50, cycles: frames }];
    const ofNet = signaturesOf(bench.netlist, bench.netlist.nets.values(), others);
    const ofBit = signaturesOf(bench.rtl, rtlBits.values(), others);
    for (const [net, found] of names) {
      for (const { name, inverted } of found) {
        const bit = (rtlBits.get(name) ?? 0) ^ (inverted ? 1 : 0);
        expect(ofNet(bench.netlist.nets.get(net) ?? 0), `${net} and ${name}`).toEqual(ofBit(bit));
      }
    }
  });
});
