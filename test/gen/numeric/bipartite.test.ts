import { describe, expect, it } from "vitest";
import { bipartiteTable, lookUp, type BipartiteSpec } from "../../../gen/numeric/bipartite.ts";

const spec: BipartiteSpec = {
  name: "example",
  words: "an example",
  inputBits: 8,
  inputOffset: 0.5,
  outputBits: 10,
  segmentBits: 4,
  slopeBits: 2,
  ignoredBits: 1,
  target: (f) => 2 ** f - 1,
  rounding: 0,
  neverNegative: false,
};
const inputs = Array.from({ length: 2 ** spec.inputBits }, (_, f) => f);
const values = (change: Partial<BipartiteSpec>): number[] => {
  const table = bipartiteTable({ ...spec, ...change });
  return inputs.map((f) => lookUp(table, f));
};

describe("bipartiteTable", () => {
  it("is the diagonal where the target is", () => {
    const { coarse, fine } = bipartiteTable({ ...spec, target: (f) => f, inputOffset: 0 });
    expect(new Set([...coarse.values, ...fine.values])).toEqual(new Set([0]));
    expect(values({ target: (f) => f, inputOffset: 0 })).toEqual(inputs.map((f) => 4 * f));
  });

  it("stays within what curvature inside a group of segments, ignored bits and two roundings allow", () => {
    // 0.96 (ln(2)^2 2^f at most) x 1/8 (half a group) x 1/32 (half a segment) + 0.39 / 512, in units of 2^-10, + 2 x 0.5
    const worst = Math.max(...values({}).map((v, f) => Math.abs(v / 1024 - spec.target((f + 0.5) / 256))));
    expect(worst * 1024).toBeLessThan(5.7);
  });

  it("adds the rounding to every value", () => {
    expect(values({ rounding: 5 })).toEqual(values({}).map((value) => value + 5));
  });

  it("lifts the first segment and no other where a value would be negative", () => {
    const below = { target: (f: number) => 2 ** f - 1 - 0.01 };
    const [plain, lifted] = [values(below), values({ ...below, neverNegative: true })];
    expect(Math.min(...plain)).toBeLessThan(0);
    expect(Math.min(...lifted)).toBe(0);
    expect(lifted.slice(16)).toEqual(plain.slice(16));
  });

  it("has memories of the stated sizes, with the fine one free of signs", () => {
    const { coarse, fine } = bipartiteTable(spec);
    expect(coarse.values.length).toBe(2 ** coarse.addressBits);
    expect(coarse.addressBits).toBe(spec.segmentBits);
    expect(fine.values.length).toBe(2 ** fine.addressBits);
    expect(fine.addressBits).toBe(spec.slopeBits + spec.inputBits - spec.segmentBits - spec.ignoredBits);
    expect(fine.signed).toBe(false);
    expect(Math.min(...fine.values)).toBe(0);
  });

  it("states widths that hold every value, and no bit more", () => {
    for (const { values: all, width, signed } of Object.values(romsOf())) {
      const fits = (bits: number): boolean =>
        all.every((v) => (signed ? v >= -(2 ** (bits - 1)) && v < 2 ** (bits - 1) : v >= 0 && v < 2 ** bits));
      expect(fits(width)).toBe(true);
      expect(fits(width - 1)).toBe(false);
    }
  });
});

function romsOf(): ReturnType<typeof bipartiteTable>["coarse"][] {
  const convex = bipartiteTable(spec);
  const concave = bipartiteTable({ ...spec, target: (f) => Math.log2(1 + f) });
  return [convex.coarse, convex.fine, concave.coarse, concave.fine];
}
