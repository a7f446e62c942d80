import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compensatedSum,
  errorInUlps,
  nearestPatterns,
  softmaxReference,
  spacingAt,
} from "../../../tb/golden/softmax-reference.ts";

describe("softmaxReference", () => {
  it("knows closed forms: equal scores, and two scores as a logistic function", () => {
    expect(softmaxReference([0x4000n, 0x4000n, 0x4000n, 0x4000n])).toEqual([0.25, 0.25, 0.25, 0.25]);
    const [low, high] = softmaxReference([0x0000n, 0x4040n]);
    expect(low).toBeCloseTo(1 / (1 + Math.exp(3)), 15);
    expect(high).toBeCloseTo(1 / (1 + Math.exp(-3)), 15);
  });

  it("gives 0 for masks and NaN for a row without a softmax", () => {
    expect(softmaxReference([0xff80n, 0x3f80n])).toEqual([0, 1]);
    for (const row of [[0x7f80n, 0n], [0x7fc0n, 0n], [0xff80n]]) {
      expect(softmaxReference(row).every(Number.isNaN)).toBe(true);
    }
  });
});

describe("compensatedSum", () => {
  it("equals the sum in exact whole numbers to 2^-52, however long", () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4096 });
    fc.assert(
      fc.property(values, (terms) => {
        const whole = terms.map((term) => Math.round(term * 2 ** 52));
        const exact = whole.reduce((sum, term) => sum + BigInt(term), 0n);
        const error = Number(BigInt(compensatedSum(whole)) - exact);
        expect(Math.abs(error)).toBeLessThanOrEqual(Number(exact) * 2 ** -52);
      }),
      { numRuns: 50 },
    );
  });
});

describe("errors in ulp", () => {
  it("change their unit exactly at powers of two", () => {
    for (const power of [1, 0.5, 2 ** -30, 2 ** -126]) {
      expect(spacingAt(power)).toBe(power / 128);
      expect(spacingAt(power * (1 - 2 ** -53))).toBe(power / 256);
    }
  });

  it("are 0 for an exact result, 1 for a neighbour, and half of that at a tie, where both neighbours are right", () => {
    expect(errorInUlps(0x3f00n, 0.5)).toBe(0);
    expect(errorInUlps(0x3f01n, 0.5)).toBe(1);
    const tie = 0.5 + 2 ** -9;
    expect(errorInUlps(0x3f01n, tie)).toBe(0.5);
    expect(nearestPatterns(tie)).toEqual([0x3f00n, 0x3f01n]);
    expect(nearestPatterns(tie + 2 ** -50)).toEqual([0x3f00n, 0x3f01n]);
    expect(nearestPatterns(tie + 2 ** -44)).toEqual([0x3f01n, 0x3f01n]);
  });
});
