import { expect, it } from "vitest";
import { leastExponent } from "../../../gen/lib/addends.ts";
import { all, combinational } from "../support/combinational.ts";

it.each([2, 3, 5])(
  "there is no room to shift left from the field 0, nor from 1 in a subtraction (%i bits)",
  (width) => {
    const evaluate = combinational({ exponent: width, subtract: 1 }, (m, { exponent, subtract }) => ({
      least: leastExponent(m, exponent, subtract),
    }));
    for (const exponent of all(width)) {
      for (const subtract of all(1)) {
        expect(evaluate({ exponent, subtract }).least).toBe(exponent <= subtract ? 1n : 0n);
      }
    }
  },
);
