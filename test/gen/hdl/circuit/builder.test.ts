import { describe, expect, test } from "vitest";
import { CircuitBuilder } from "../../../../gen/hdl/circuit/builder.ts";
import { constantLiteral, high, invert, low, nodeOf, type Literal } from "../../../../gen/hdl/circuit/graph.ts";
import { Machine } from "../../../../gen/hdl/circuit/machine.ts";

/** Inputs whose words hold every combination of three bits. */
const [wordA, wordB, wordC] = [0b11110000, 0b11001100, 0b10101010];

function evaluate(build: (gates: CircuitBuilder, inputs: readonly [Literal, Literal, Literal]) => Literal): number {
  const gates = new CircuitBuilder();
  const inputs = [gates.input(), gates.input(), gates.input()] as const;
  const result = build(gates, inputs);
  const machine = new Machine(gates);
  [wordA, wordB, wordC].forEach((word, i) => (machine.words[nodeOf(inputs[i] ?? 0)] = word));
  machine.settle();
  return machine.word(result) & 255;
}

describe("gates", () => {
  test("compute and, or, xor and the multiplexer for every combination at once", () => {
    expect(evaluate((g, [a, b]) => g.and(a, b))).toBe(wordA & wordB);
    expect(evaluate((g, [a, b]) => g.or(a, b))).toBe(wordA | wordB);
    expect(evaluate((g, [a, b]) => g.xor(a, invert(b)))).toBe((wordA ^ ~wordB) & 255);
    expect(evaluate((g, [a, b, c]) => g.mux(a, b, c))).toBe((wordA & wordB) | (~wordA & wordC & 255));
  });

  test("fold constants, equal and opposite operands for every operator", () => {
    const kinds = ["and", "or", "xor"] as const;
    const operands = (g: CircuitBuilder, a: Literal, b: Literal): Literal[] => [
      low,
      high,
      a,
      invert(a),
      b,
      g.and(a, b),
    ];
    for (const kind of kinds) {
      for (let i = 0; i < 6; i++) {
        for (let j = 0; j < 6; j++) {
          const words = [0, 255, wordA, ~wordA & 255, wordB, wordA & wordB];
          const [x, y] = [words[i] ?? 0, words[j] ?? 0];
          const expected = kind === "and" ? x & y : kind === "or" ? x | y : x ^ y;
          const got = evaluate((g, [a, b]) => g[kind](operands(g, a, b)[i] ?? low, operands(g, a, b)[j] ?? low));
          expect(got, `${kind} ${i} ${j}`).toBe(expected);
        }
      }
    }
  });

  test("fold a multiplexer whose inputs are constant, equal or opposite", () => {
    const choices = (a: Literal, b: Literal): Literal[] => [low, high, b, invert(b), a];
    const words = [0, 255, wordB, ~wordB & 255, wordA];
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 5; j++) {
        const got = evaluate((g, [a, b]) => g.mux(a, choices(a, b)[i] ?? low, choices(a, b)[j] ?? low));
        expect(got).toBe((wordA & (words[i] ?? 0)) | (~wordA & (words[j] ?? 0) & 255));
      }
    }
    expect(evaluate((g, [a, b]) => g.mux(constantLiteral(true), a, b))).toBe(wordA);
  });

  test("are made once where they are equal", () => {
    const gates = new CircuitBuilder();
    const [a, b] = [gates.input(), gates.input()];
    expect(gates.and(a, b)).toBe(gates.and(b, a));
    expect(gates.xor(a, b)).toBe(invert(gates.xor(invert(b), a)));
    expect(gates.nodes).toBe(3 + 2);
  });

  test("of many values say whether all or any of them are high", () => {
    expect(evaluate((g, inputs) => g.all(inputs))).toBe(wordA & wordB & wordC);
    expect(evaluate((g, inputs) => g.any(inputs))).toBe(wordA | wordB | wordC);
    const gates = new CircuitBuilder();
    expect([gates.all([]), gates.any([])]).toEqual([high, low]);
  });
});
