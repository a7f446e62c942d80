import { expect, it } from "vitest";
import { addressWidth, successor } from "../../../gen/lib/pointer.ts";
import { combinational } from "../support/combinational.ts";

const depths = Array.from({ length: 33 }, (_, i) => i + 1);

it.each(depths)("an address of %i words has the fewest bits that hold the last one, and at least one", (depth) => {
  const width = addressWidth(depth);
  expect(2 ** width).toBeGreaterThanOrEqual(depth);
  if (width > 1) expect(2 ** (width - 1)).toBeLessThan(depth);
});

it.each(depths)("the address after each of %i follows it, and the first one the last", (depth) => {
  const evaluate = combinational({ pointer: addressWidth(depth) }, (_, { pointer }) => ({
    next: successor(pointer, depth),
  }));
  for (let pointer = 0; pointer < depth; pointer++) {
    expect(evaluate({ pointer: BigInt(pointer) }).next).toBe(BigInt((pointer + 1) % depth));
  }
});
