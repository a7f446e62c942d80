import { describe, expect, test } from "vitest";
import { constantLiteral, GateBuilder, high, inverted, low, type Literal } from "../../../ppa/activity/gates.ts";
import { Machine } from "../../../ppa/activity/machine.ts";

/** Inputs whose words hold every combination of three bits. */
const [wordA, wordB, wordC] = [0b11110000, 0b11001100, 0b10101010];

function evaluate(build: (gates: GateBuilder, inputs: readonly [Literal, Literal, Literal]) => Literal): number {
  const gates = new GateBuilder();
  const inputs = [gates.input(), gates.input(), gates.input()] as const;
  const result = build(gates, inputs);
  const { nodes, registers } = gates;
  const machine = new Machine({
    nodes,
    registers,
    gates: gates.gates,
    inputs: new Map(),
    outputs: new Map(),
    nets: new Map(),
    clocks: new Map(),
  });
  [wordA, wordB, wordC].forEach((word, i) => (machine.words[(inputs[i] ?? 0) >> 1] = word));
  machine.settle();
  return machine.word(result) & 255;
}

describe("gates", () => {
  test("compute and, or, xor and the multiplexer for every combination at once", () => {
    expect(evaluate((g, [a, b]) => g.and(a, b))).toBe(wordA & wordB);
    expect(evaluate((g, [a, b]) => g.or(a, b))).toBe(wordA | wordB);
    expect(evaluate((g, [a, b]) => g.xor(a, inverted(b)))).toBe((wordA ^ ~wordB) & 255);
    expect(evaluate((g, [a, b, c]) => g.mux(a, b, c))).toBe((wordA & wordB) | (~wordA & wordC & 255));
  });

  test("fold constants, equal and opposite operands for every operator", () => {
    const kinds = ["and", "or", "xor"] as const;
    const operands = (g: GateBuilder, a: Literal, b: Literal): Literal[] => [low, high, a, inverted(a), b, g.and(a, b)];
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
    const choices = (a: Literal, b: Literal): Literal[] => [low, high, b, inverted(b), a];
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
    const gates = new GateBuilder();
    const [a, b] = [gates.input(), gates.input()];
    expect(gates.and(a, b)).toBe(gates.and(b, a));
    expect(gates.xor(a, b)).toBe(inverted(gates.xor(inverted(b), a)));
    expect(gates.gates).toHaveLength(2);
  });
});
