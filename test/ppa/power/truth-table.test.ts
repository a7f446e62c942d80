import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate, parseBoolean } from "../../../ppa/liberty/boolean.ts";
import { difference, probability, truthTable, type TruthTable } from "../../../ppa/power/truth-table.ts";

const pins = ["A", "B", "C"];
const table = (text: string): TruthTable => truthTable(parseBoolean(text), (name) => pins.indexOf(name));

describe("a probability", () => {
  test("is that of the function, not of its literals one by one", () => {
    expect(probability(table("A & B"), [0.5, 0.25])).toBe(0.125);
    expect(probability(table("A & !A"), [0.5])).toBe(0);
    expect(probability(table("(A & B) | (A & C)"), [0.5, 0.5, 0.5])).toBe(0.375);
    expect(probability(table("1"), [])).toBe(1);
  });

  test("agrees with the sum over all states", () => {
    const text = "((A ^ B) & C') + (A B)";
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(share, share, share), (high) => {
        let sum = 0;
        for (let state = 0; state < 8; state++) {
          const at = (name: string): boolean => ((state >> pins.indexOf(name)) & 1) === 1;
          const weight = high.reduce((product, p, i) => product * ((state >> i) & 1 ? p : 1 - p), 1);
          if (evaluate(parseBoolean(text), at)) sum += weight;
        }
        expect(probability(table(text), high)).toBeCloseTo(sum, 12);
      }),
    );
  });
});

describe("a Boolean difference", () => {
  test("holds where the variable decides", () => {
    const high = [0.5, 0.25, 0.125];
    expect(probability(difference(table("A & B"), 0), high)).toBe(0.25);
    expect(probability(difference(table("A & B"), 1), high)).toBe(0.5);
    expect(probability(difference(table("A ^ B"), 1), high)).toBe(1);
    expect(probability(difference(table("!(A & B | C)"), 2), high)).toBe(0.875);
    expect(probability(difference(table("A"), 2), high)).toBe(0);
  });
});

test("a function too wide for a table is refused", () => {
  const names = Array.from({ length: 17 }, (_, i) => `P${i}`);
  const wide = parseBoolean(names.join(" & "));
  expect(() => truthTable(wide, (name) => names.indexOf(name))).toThrow("a function of 17 pins is wider than the 16");
});
