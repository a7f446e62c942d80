import { describe, expect, it } from "vitest";
import { alignBits, alignRight } from "../../../gen/lib/align.ts";
import { all, combinational } from "../support/combinational.ts";

describe("alignRight", () => {
  it.each([2, 4, 5])("keeps value, guard and sticky of every shift of a significand of %i bits", (width) => {
    const amount = alignBits(width);
    const evaluate = combinational({ significand: width, early: 1, distance: amount }, (m, signals) => {
      const { value, guard, sticky } = alignRight(m, "aligned", signals.significand, signals.early, signals.distance);
      return { value, guard, sticky };
    });
    for (const significand of all(width)) {
      for (const distance of all(amount)) {
        for (const early of all(1)) {
          if (distance === 0n && early === 1n) continue;
          // The exact value with two places below the point, and everything under them in one sticky bit.
          const exact = (significand << 20n) >> (distance - early);
          const expected = {
            value: exact >> 20n,
            guard: (exact >> 19n) & 1n,
            sticky: (exact & ((1n << 19n) - 1n)) === 0n ? 0n : 1n,
          };
          // From width + 2 on the shifted operand is too small for rounding to see: sticky may be lost.
          if (distance <= BigInt(width) + 1n) expect(evaluate({ significand, early, distance })).toEqual(expected);
        }
      }
    }
  });
});
