import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ModuleBuilder } from "../../../gen/hdl/builder.ts";
import type { Expression, Signal } from "../../../gen/hdl/expression.ts";
import { AssertionFailure, Simulation } from "../../../gen/hdl/interpret.ts";
import {
  add,
  addWrap,
  and,
  andReduce,
  concat,
  constant,
  ge,
  lookup,
  lt,
  mul,
  mux,
  not,
  or,
  orReduce,
  readMemory,
  repeat,
  sext,
  shiftLeft,
  shiftRight,
  slice,
  sub,
  subWrap,
  xor,
  xorReduce,
} from "../../../gen/hdl/operators.ts";
import type { Module } from "../../../gen/hdl/module.ts";
import { fifoModule } from "../../../gen/lib/fifo.ts";
import { tableOf } from "../support/table.ts";

const header = { purpose: "an example", notes: [] };

function combinational(build: (a: Signal, b: Signal) => Expression): (a: bigint, b: bigint) => bigint {
  const m = new ModuleBuilder("example", header);
  const [a, b] = [m.input("a", 8), m.input("b", 8)];
  // Each operand is read whole, whatever the expression takes of it.
  m.output("whole", concat(a, b));
  m.output("out", build(a, b));
  const simulation = new Simulation(m.build());
  return (left, right) => {
    simulation.set("a", left);
    simulation.set("b", right);
    simulation.settle();
    return simulation.get("out");
  };
}

const signed = (value: bigint): bigint => BigInt.asIntN(8, value);
const bit = (condition: boolean): bigint => (condition ? 1n : 0n);
const squares = tableOf("squares", 2, 4, [0n, 1n, 4n, 9n]);

const operators: [string, (a: Signal, b: Signal) => Expression, (a: bigint, b: bigint) => bigint][] = [
  ["add", add, (a, b) => a + b],
  ["addWrap", addWrap, (a, b) => (a + b) & 255n],
  ["sub", sub, (a, b) => (a - b) & 511n],
  ["subWrap", subWrap, (a, b) => (a - b) & 255n],
  ["mul", mul, (a, b) => a * b],
  ["and", and, (a, b) => a & b],
  ["or", or, (a, b) => a | b],
  ["xor", xor, (a, b) => a ^ b],
  ["not", (a) => not(a), (a) => 255n - a],
  ["unsigned less", (a, b) => lt(a, b), (a, b) => bit(a < b)],
  ["signed less", (a, b) => lt(a, b, "signed"), (a, b) => bit(signed(a) < signed(b))],
  ["signed at least", (a, b) => ge(a, b, "signed"), (a, b) => bit(signed(a) >= signed(b))],
  ["or-reduction", (a) => orReduce(a), (a) => bit(a !== 0n)],
  ["and-reduction", (a) => andReduce(a), (a) => bit(a === 255n)],
  ["parity", (a) => xorReduce(a), (a) => BigInt(a.toString(2).split("1").length - 1) % 2n],
  ["mux", (a, b) => mux(slice(a, 0, 0), a, b), (a, b) => (a % 2n === 1n ? a : b)],
  ["concat", (a, b) => concat(a, constant(1, 1), b), (a, b) => a * 512n + 256n + b],
  ["repeat", (a) => repeat(a, 3), (a) => a * 0x10101n],
  ["sign extension", (a) => sext(a, 12), (a) => BigInt.asUintN(12, signed(a))],
  ["left shift", (a, b) => shiftLeft(a, slice(b, 3, 0)), (a, b) => (a << (b & 15n)) & 255n],
  ["right shift", (a, b) => shiftRight(a, slice(b, 3, 0)), (a, b) => a >> (b & 15n)],
  ["slice", (a) => slice(a, 5, 2), (a) => (a >> 2n) & 15n],
  ["table", (a) => lookup(squares, slice(a, 1, 0)), (a) => (a & 3n) ** 2n],
];

describe("expressions", () => {
  const byte = fc.bigInt({ min: 0n, max: 255n });
  it.each(operators)("%s computes what arithmetic says", (_, build, expected) => {
    const evaluate = combinational(build);
    fc.assert(
      fc.property(byte, byte, (a, b) => {
        expect(evaluate(a, b)).toBe(expected(a, b));
      }),
    );
  });
});

function counter(): Module {
  const m = new ModuleBuilder("counter", header);
  const [up, limit] = [m.input("up", 1), m.input("limit", 4)];
  const count = m.state("count_q", 4, { reset: 3n });
  count.next(addWrap(count.value, constant(4, 1)), up);
  m.assert("below_limit", up, lt(count.value, limit), "counted beyond the limit");
  m.output("limit_out", limit);
  m.output("count", count.value);
  return m.build();
}

describe("time", () => {
  it("a state element starts at its reset value, and moves at edges where it is enabled", () => {
    const simulation = new Simulation(counter());
    simulation.set("limit", 15n);
    simulation.set("rst_ni", 1n);
    simulation.settle();
    expect(simulation.get("count")).toBe(3n);
    simulation.tick();
    expect(simulation.get("count")).toBe(3n);
    simulation.set("up", 1n);
    simulation.tick();
    simulation.tick();
    expect(simulation.get("count")).toBe(5n);
  });

  it("reset acts without a clock edge", () => {
    const simulation = new Simulation(counter(), () => 9n);
    simulation.set("rst_ni", 0n);
    simulation.settle();
    expect(simulation.get("count")).toBe(3n);
  });

  it("a broken rule is an error that names module and rule", () => {
    const simulation = new Simulation(counter());
    simulation.set("rst_ni", 1n);
    simulation.set("limit", 2n);
    simulation.set("up", 1n);
    expect(() => {
      simulation.tick();
    }).toThrow(new AssertionFailure("counter: counted beyond the limit"));
  });

  it("registers exchange their values at one edge", () => {
    const m = new ModuleBuilder("exchange", header);
    const first = m.state("first_q", 1, { reset: 1n });
    const second = m.state("second_q", 1, { reset: 0n });
    first.next(second.value);
    second.next(first.value);
    m.output("out", concat(first.value, second.value));
    const simulation = new Simulation(m.build());
    simulation.set("rst_ni", 1n);
    simulation.tick();
    expect(simulation.get("out")).toBe(0b01n);
  });

  it("a memory is read as it was before the edge that writes it", () => {
    const m = new ModuleBuilder("scratch", header);
    const [address, data] = [m.input("address", 2), m.input("data", 4)];
    const memory = m.memory("words_q", 4, 4);
    const read = m.let("read", readMemory(memory, address));
    m.writeMemory(memory, { enable: constant(1, 1), address, data });
    m.output("out", read);
    const simulation = new Simulation(m.build());
    simulation.set("address", 2n);
    simulation.set("data", 7n);
    simulation.settle();
    expect(simulation.get("out")).toBe(0n);
    simulation.tick();
    expect(simulation.get("out")).toBe(7n);
  });
});

describe("fifoModule", () => {
  it.each([1, 2, 3, 4, 6])("a queue of %i entries gives back what it took, in order, whatever the pattern", (depth) => {
    const module = fifoModule(depth, 8);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 60 }), (pattern) => {
        const simulation = new Simulation(module);
        simulation.set("rst_ni", 1n);
        const model: bigint[] = [];
        for (const [i, [wantsPush, ready]] of pattern.entries()) {
          const pops = ready && model.length > 0;
          const push = wantsPush && (model.length < depth || pops);
          simulation.set("push_i", push ? 1n : 0n);
          simulation.set("push_data_i", BigInt(i));
          simulation.set("ready_i", ready ? 1n : 0n);
          simulation.settle();
          expect(simulation.get("valid_o")).toBe(model.length > 0 ? 1n : 0n);
          if (model.length > 0) expect(simulation.get("data_o")).toBe(model[0]);
          simulation.tick();
          if (pops) model.shift();
          if (push) model.push(BigInt(i));
        }
      }),
      { numRuns: 50 },
    );
  });
});
