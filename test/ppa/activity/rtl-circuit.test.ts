import { describe, expect, test } from "vitest";
import { buildDesign, resolveSpec } from "../../../gen/design.ts";
import { ModuleBuilder } from "../../../gen/hdl/builder.ts";
import type { Expression, Signal } from "../../../gen/hdl/expression.ts";
import { Simulation } from "../../../gen/hdl/interpret.ts";
import { inputsOf, outputsOf, type Module } from "../../../gen/hdl/module.ts";
import * as op from "../../../gen/hdl/operators.ts";
import { rtlCircuit } from "../../../ppa/activity/rtl-circuit.ts";
import { seededRandom } from "../../../gen/numeric/random.ts";
import { Stepper } from "./support/stepper.ts";
import { tableOf } from "../../gen/support/table.ts";

/** Runs a module as gates and in the interpreter with random inputs and resets, and compares every output in every cycle. */
function expectAgreement(module: Module, cycles: number): void {
  const random = seededRandom(cycles);
  const [interpreted, stepper] = [new Simulation(module), new Stepper(rtlCircuit(module), 9)];
  const { hasReset, reset } = module.clocking;
  const set = (port: string, value: bigint): void => {
    interpreted.set(port, value);
    stepper.set(port, value);
  };
  for (let cycle = 0; cycle < cycles; cycle++) {
    if (hasReset) set(reset, cycle < 2 || random.below(50) === 0 ? 0n : 1n);
    for (const { signal } of inputsOf(module)) {
      let value = 0n;
      for (let bit = 0; bit < signal.width; bit += 16) value = (value << 16n) | BigInt(random.below(2 ** 16));
      set(signal.name, value & ((1n << BigInt(signal.width)) - 1n));
    }
    for (const { signal } of inputsOf(module).filter((port) => port.signal.name.endsWith("_keep_i"))) {
      // Softmax: the low lanes are kept, fewer than all in a row's last beat only.
      const kept = 1 + random.below(signal.width);
      set(signal.name, (1n << BigInt(kept)) - 1n);
      if (kept < signal.width) set(signal.name.replace("keep", "last"), 1n);
    }
    interpreted.settle();
    for (const { signal } of outputsOf(module)) {
      expect(stepper.get(signal.name), `${module.name}.${signal.name} in cycle ${cycle}`).toBe(
        interpreted.get(signal.name),
      );
    }
    interpreted.tick();
    stepper.tick();
  }
}

/** A module of one expression over two operands of four bits and one of three. */
function expressionModule(make: (a: Signal, b: Signal, c: Signal, m: ModuleBuilder) => Expression): Module {
  const m = new ModuleBuilder("one_expression", { purpose: "a test", notes: [] });
  const [a, b, c] = [m.input("a_i", 4), m.input("b_i", 4), m.input("c_i", 3)];
  m.output("y_o", m.let("y", make(a, b, c, m)));
  m.unused("unused", [a, b, c], "tests may leave operands out");
  return m.build();
}

const table = tableOf("table", 3, 5, [3n, 31n, 0n, 17n, 8n, 8n, 30n, 1n]);

const expressions: Readonly<Record<string, (a: Signal, b: Signal, c: Signal) => Expression>> = {
  "not and constant": (a) => op.and(op.not(a), op.constant(4, 13)),
  "logic of three": (a, b) => op.or(a, b, op.constant(4, 2)),
  xor: (a, b) => op.xor(a, b),
  add: (a, b) => op.add(a, b),
  "add wrapping": (a, b) => op.addWrap(a, b),
  sub: (a, b) => op.sub(a, b),
  "sub wrapping": (a, b) => op.subWrap(a, b),
  mul: (a, b) => op.mul(a, b),
  eq: (a, b) => op.eq(a, b),
  ne: (a, b) => op.ne(a, b),
  lt: (a, b) => op.lt(a, b),
  le: (a, b) => op.le(a, b),
  gt: (a, b) => op.gt(a, b),
  ge: (a, b) => op.ge(a, b),
  "signed lt": (a, b) => op.lt(a, b, "signed"),
  "signed ge": (a, b) => op.ge(a, b, "signed"),
  "reduce and": (a) => op.andReduce(a),
  "reduce or": (a) => op.orReduce(a),
  "reduce xor": (a) => op.xorReduce(a),
  mux: (a, b, c) => op.mux(op.bit(c, 1), a, b),
  "concat and slice": (a, b, c) => op.concat(op.slice(a, 2, 1), c, b),
  repeat: (_a, _b, c) => op.repeat(c, 3),
  "shift left": (a, _b, c) => op.shiftLeft(a, c),
  "shift right": (a, _b, c) => op.shiftRight(a, c),
  lookup: (_a, _b, c) => op.lookup(table, c),
};

describe("the RTL as gates", () => {
  test.each(Object.keys(expressions))("computes as the interpreter does: %s", (name) => {
    expectAgreement(
      expressionModule((a, b, c) => expressions[name]?.(a, b, c) ?? a),
      300,
    );
  });

  test.each([
    { unit: "relu", format: "e3m2", lanes: 3, stages: 1 },
    { unit: "relu", format: "e3m2", lanes: 1, stages: 0 },
    { unit: "fire_relu", lanes: 2 },
    { unit: "flare", lanes: 2 },
    { unit: "flare", lanes: 1, stages: 6, subnormals: "flush" as const },
    { unit: "exp" },
    { unit: "softmax", lanes: 1 },
    { unit: "softmax", lanes: 4, maxLength: 64 },
  ])("runs as the interpreter does, resets included: %j", (request) => {
    expectAgreement(buildDesign(resolveSpec(request)).core, 150);
  });

  test("has no place for a memory", () => {
    const { axis } = buildDesign(resolveSpec({ unit: "softmax", lanes: 1, maxLength: 16 }));
    expect(() => rtlCircuit(axis)).toThrow("has a memory; the cores that are simulated by gates have none");
  });
});
