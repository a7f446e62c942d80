import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFormat } from "../../../../gen/numeric/format.ts";
import { roundToFormat, toNumber } from "../../../../gen/numeric/round.ts";
import {
  analyse,
  emptyAddition,
  everyAddition,
  outcomes,
  roundingCases,
  type Magnitude,
} from "../../../../tb/coverage/functional/addition.ts";

const format = parseFormat("bf16");

function magnitudeOf(pattern: number): Magnitude {
  const field = pattern >> 7;
  return { exponent: Math.max(field, 1), significand: (pattern & 0x7f) + (field === 0 ? 0 : 0x80) };
}

function analysed(first: number, second: number, operation: 0 | 1): ReturnType<typeof emptyAddition> {
  const addition = emptyAddition();
  analyse(magnitudeOf(first), magnitudeOf(second), operation, format, addition);
  return addition;
}

const finite = fc.integer({ min: 1, max: 0x7f7f });
/** Exponents at most 14 apart, where float64 has the exact sum. */
const near = finite.chain((first) =>
  fc.tuple(fc.constant(first), fc.integer({ min: Math.max(first - 0x700, 1), max: first })),
);

describe("what happens in an addition", () => {
  it("agrees with rounding by definition: exactness, direction, and where the result falls", () => {
    fc.assert(
      fc.property(near, fc.constantFrom(0, 1), ([first, second], operation) => {
        const addition = analysed(first, second, operation);
        const [a, b] = [toNumber(BigInt(first), format), toNumber(BigInt(second), format)];
        const exact = operation === 0 ? a + b : a - b;
        const result = roundToFormat(exact, format);
        const rounded = toNumber(result, format);
        const rounding = roundingCases[addition.rounding] ?? "";
        const outcome = outcomes[addition.outcome] ?? "";
        if (rounded === Infinity) {
          expect(outcome).toMatch(/^infinity/);
          return;
        }
        expect(rounding === "exact").toBe(rounded === exact);
        if (rounding === "below half" || rounding === "tie, kept even") expect(rounded).toBeLessThan(exact);
        if (rounding === "above half" || rounding === "tie, raised to even") expect(rounded).toBeGreaterThan(exact);
        if (rounding.startsWith("tie")) expect(Number(result) % 2).toBe(0);
        expect(outcome === "zero").toBe(result === 0n);
        expect(outcome === "subnormal").toBe(result > 0n && result < 0x80n);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["1 + 1 shifts right", 0x3f80, 0x3f80, 0, { distance: 0, shift: -1, rounding: 0, outcome: 2 }],
    ["1 - 1 leaves nothing", 0x3f80, 0x3f80, 1, { distance: 0, shift: 9, outcome: 0 }],
    ["1 + half a place is a tie, kept even", 0x3f80, 0x3b80, 0, { distance: 8, rounding: 2 }],
    ["the next number + half a place is raised", 0x3f81, 0x3b80, 0, { distance: 8, rounding: 3 }],
    ["2 less one place + half a place carries", 0x3fff, 0x3b80, 0, { rounding: 3, outcome: 3 }],
    ["the largest number + half its place is infinity by rounding", 0x7f7f, 0x7b00, 0, { rounding: 3, outcome: 5 }],
    ["the largest number twice is infinity by the sum", 0x7f7f, 0x7f7f, 0, { shift: -1, outcome: 4 }],
    [
      "the least normal number less one unit stops at the least exponent",
      0x0080,
      0x0001,
      1,
      { limited: 1, outcome: 1 },
    ],
    ["what is far away counts as one distance", 0x7f00, 0x0001, 0, { distance: 10, rounding: 1 }],
  ] as const)("%s", (_title, first, second, operation, expected) => {
    expect(analysed(first, second, operation)).toMatchObject(expected);
  });

  it("has no rounding of subnormal results: their sums are exact", () => {
    const small = parseFormat("fp8_e4m3");
    let [subnormal, inexact] = [0, 0];
    everyAddition(small, ({ outcome, rounding }) => {
      if (outcomes[outcome] !== "subnormal") return;
      subnormal++;
      if (rounding !== 0) inexact++;
    });
    expect(subnormal).toBeGreaterThan(0);
    expect(inexact).toBe(0);
  });
});
