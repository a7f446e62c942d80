import { expect, it } from "vitest";
import { padBelow } from "../../../gen/lib/pad.ts";
import { all, combinational } from "../support/combinational.ts";

it.each([3, 4, 7])("padBelow keeps the number in finer units: 3 bits to %i", (width) => {
  const evaluate = combinational({ value: 3 }, (_, { value }) => ({ padded: padBelow(value, width) }));
  for (const value of all(3)) expect(evaluate({ value }).padded).toBe(value * 2n ** BigInt(width - 3));
});
