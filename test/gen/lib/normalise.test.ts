import { describe, expect, it } from "vitest";
import { normalise } from "../../../gen/lib/normalise.ts";
import { all, combinational } from "../support/combinational.ts";

/** Leading zeros of a value of a width. */
const leadingZeros = (value: bigint, width: number): number => width - (value === 0n ? 0 : value.toString(2).length);

describe("normalise", () => {
  it.each([
    { width: 2, window: 2 },
    { width: 5, window: 5 },
    { width: 8, window: 8 },
    { width: 6, window: 3 },
  ])("brings the first 1 of value or stop to the top ($width bits, stop at the top $window)", ({ width, window }) => {
    const evaluate = combinational({ value: width, stop: window }, (m, { value, stop }) => {
      const { value: shifted, count } = normalise(m, "normal", value, stop, "none");
      return { shifted, count: count ?? value };
    });
    for (const value of all(width)) {
      for (let place = 0; place < window; place++) {
        const stop = 1n << BigInt(window - 1 - place);
        // Where no place above is 1, the shift ends at the last place of the window at the latest.
        const shift = BigInt(Math.min(leadingZeros(value, width), place, window - 1));
        const expected = { shifted: (value << shift) & ((1n << BigInt(width)) - 1n), count: shift };
        expect(evaluate({ value, stop })).toEqual(expected);
      }
    }
  });
});
