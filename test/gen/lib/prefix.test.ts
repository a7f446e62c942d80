import { describe, expect, it } from "vitest";
import { compoundAdd, type PrefixTree } from "../../../gen/lib/prefix.ts";
import { all, combinational } from "../support/combinational.ts";

const trees: PrefixTree[] = ["sklansky", "kogge-stone"];

describe.each(trees)("compoundAdd with a %s tree", (tree) => {
  it.each([1, 2, 3, 5])("gives both sums and both carries of every pair of %i bits", (width) => {
    const evaluate = combinational({ left: width, right: width }, (m, { left, right }) => {
      const { sum, sumPlusOne, carry, carryPlusOne, half } = compoundAdd(m, "total", left, right, tree);
      return { sum, sumPlusOne, carry, carryPlusOne, half };
    });
    const size = 1n << BigInt(width);
    for (const left of all(width)) {
      for (const right of all(width)) {
        const total = left + right;
        expect(evaluate({ left, right })).toEqual({
          sum: total % size,
          sumPlusOne: (total + 1n) % size,
          carry: total / size,
          carryPlusOne: (total + 1n) / size,
          half: left ^ right,
        });
      }
    }
  });
});
