import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ModuleBuilder } from "../../../../gen/hdl/builder.ts";
import { circuitOf } from "../../../../gen/hdl/circuit/elaborate.ts";
import { nodeOf, type Bits } from "../../../../gen/hdl/circuit/graph.ts";
import { Machine, streams } from "../../../../gen/hdl/circuit/machine.ts";
import type { Expression, Signal } from "../../../../gen/hdl/expression.ts";
import * as op from "../../../../gen/hdl/operators.ts";
import { plainValue } from "../support/plain.ts";

/** Operands of the expressions: of one bit, of widths that are no power of two, and wider than a machine's word. */
const widths = [1, 3, 5, 8, 33, 40];

/** Makes an expression of signals out of numbers, each of which chooses among what is possible. */
class Chooser {
  constructor(
    private readonly choices: readonly number[],
    private readonly signals: readonly Signal[],
    private at = 0,
  ) {}

  private below(count: number): number {
    return (this.choices[this.at++ % this.choices.length] ?? 0) % count;
  }

  private signal(): Signal {
    return this.signals[this.below(this.signals.length)] as Signal;
  }

  /** Any expression as an operand of a width: narrowed by its own signal, or widened. */
  private sized(width: number, depth: number): Expression {
    if (depth > 0 && this.below(2) === 0) {
      const part = this.any(depth - 1);
      if (part.width === width) return part;
      if (part.width < width)
        return this.below(2) === 0 ? op.zext(part, width) : op.concat(op.ones(width - part.width), part);
    }
    const signal = this.signal();
    if (signal.width < width) return this.below(2) === 0 ? op.zext(signal, width) : op.sext(signal, width);
    const low = this.below(signal.width - width + 1);
    return op.slice(signal, low + width - 1, low);
  }

  any(depth: number): Expression {
    const width = 1 + this.below(this.below(8) === 0 ? 36 : 7);
    const [a, b] = [this.sized(width, depth), this.sized(width, depth)];
    const bit = (): Expression => this.sized(1, depth);
    const signed = this.below(2) === 0 ? "signed" : "unsigned";
    const some: (() => Expression)[] = [
      () => op.constant(width, BigInt.asUintN(width, 0x9_a5c3_71e6n)),
      () => this.signal(),
      () => op.not(a),
      () => op.and(a, b, op.not(a)),
      () => op.or(a, b),
      () => op.xor(a, b, b, a, a),
      () => op.add(a, b),
      () => op.addWrap(a, b),
      () => op.sub(a, b),
      () => op.subWrap(a, b),
      () => op.mul(a, b),
      () => op.eq(a, b),
      () => op.ne(a, b),
      () => op.lt(a, b, signed),
      () => op.le(a, b, signed),
      () => op.gt(a, b, signed),
      () => op.ge(a, b, signed),
      () => op.andReduce(a),
      () => op.orReduce(a),
      () => op.xorReduce(a),
      () => op.mux(bit(), a, b),
      () => op.concat(a, bit(), b),
      () => op.repeat(a, 1 + this.below(3)),
      () => op.shiftLeft(a, this.sized(1 + this.below(6), 0)),
      () => op.shiftRight(a, this.sized(1 + this.below(6), 0)),
      () => op.lookup(table, this.sized(3, depth)),
    ];
    return (some[this.below(some.length)] as () => Expression)();
  }
}

const table = { name: "table", comment: "", addressWidth: 3, width: 5, entries: [3n, 31n, 0n, 17n, 8n, 8n, 30n, 1n] };

const streamOf = (machine: Machine, bits: Bits, stream: number): bigint =>
  bits.reduceRight((value, bit) => 2n * value + BigInt((machine.word(bit) >>> stream) & 1), 0n);

describe("an expression as gates", () => {
  it("computes what its operators mean, in every stream", () => {
    const kinds = new Set<string>();
    const operands = fc.tuple(...widths.map((width) => fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n })));
    fc.assert(
      fc.property(
        fc.array(fc.nat(10_000), { minLength: 12, maxLength: 60 }),
        fc.array(operands, { minLength: streams, maxLength: streams }),
        (choices, inputs) => {
          const m = new ModuleBuilder("one_expression", { purpose: "a test", notes: [] });
          const signals = widths.map((width, i) => m.input(`in${i}_i`, width));
          const expression = new Chooser(choices, signals).any(2);
          kinds.add(expression.kind);
          m.unused("unused", signals, "expressions leave operands out");
          m.output("out_o", expression);
          const circuit = circuitOf(m.build());
          const machine = new Machine(circuit);
          for (const [i, { name }] of signals.entries()) {
            for (const [at, bit] of (circuit.inputs.get(name) ?? []).entries()) {
              const word = inputs.reduce(
                (sum, values, run) => sum | (Number(((values[i] ?? 0n) >> BigInt(at)) & 1n) << run),
                0,
              );
              machine.words[nodeOf(bit)] = word;
            }
          }
          machine.settle();
          for (const [run, values] of inputs.entries()) {
            const expected = plainValue(expression, { of: (signal) => values[signals.indexOf(signal)] ?? 0n });
            expect(streamOf(machine, circuit.outputs.get("out_o") ?? [], run)).toBe(expected);
          }
        },
      ),
      { numRuns: 400 },
    );
    // Each kind of expression but the read of a memory was at the top of one.
    expect([...kinds].sort()).toEqual([
      "arithmetic",
      "comparison",
      "concat",
      "constant",
      "logic",
      "lookup",
      "mux",
      "not",
      "reduction",
      "repeat",
      "shift",
      "signal",
      "slice",
    ]);
  });
});
