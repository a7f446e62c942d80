import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec, type SpecRequest } from "../../../gen/design.ts";
import { batchesOf, biasOf, scoreOf, spaceOf, subjectOf, type Subject } from "../../../tb/exhaustive/space.ts";
import { homes } from "../../../tb/families/index.ts";

function coreOf(request: SpecRequest): Subject {
  const [core] = buildDesign(resolveSpec(request)).entries;
  if (core === undefined) throw new Error("a design has a core");
  return subjectOf(core, homes);
}

describe("the space of operands", () => {
  it.each<[number, 1 | 2, object]>([
    [16, 2, { pairs: 2 ** 32, batchPairs: 65_536, batches: 65_536, slices: 256 }],
    [16, 1, { pairs: 65_536, batchPairs: 65_536, batches: 1, slices: 1 }],
    [12, 2, { pairs: 2 ** 24, batchPairs: 65_536, batches: 256, slices: 256 }],
    [8, 2, { pairs: 65_536, batchPairs: 65_536, batches: 1, slices: 1 }],
    [4, 2, { pairs: 256, batchPairs: 256, batches: 1, slices: 1 }],
  ])("of %i bits and %i operands is all of them", (width, operands, expected) => {
    expect(spaceOf(width, operands)).toMatchObject(expected);
  });

  it.each([4, 12, 13, 16])("is cut into slices that hold each batch once, of %i-bit pairs", (width) => {
    const space = spaceOf(width, 2);
    const seen = new Uint8Array(space.batches);
    for (let slice = 0; slice < space.slices; slice++) {
      for (const batch of batchesOf(space, slice)) seen[batch] = (seen[batch] ?? 0) + 1;
    }
    expect(seen.every((count) => count === 1)).toBe(true);
  });

  it("numbers each pair of FP8 operands once", () => {
    const space = spaceOf(8, 2);
    const seen = new Set(
      Array.from({ length: space.pairs }, (_, pair) => `${scoreOf(space, pair)} ${biasOf(space, pair)}`),
    );
    expect(seen.size).toBe(65_536);
  });

  it("gives each slice of BF16 pairs scores of both signs, every exponent and every mantissa", () => {
    const space = spaceOf(16, 2);
    for (const slice of [0, 17, 255]) {
      const scores = batchesOf(space, slice).map((batch) => scoreOf(space, batch * space.batchPairs));
      expect(new Set(scores.map((score) => score >> 8)).size).toBe(256);
      expect(new Set(scores.map((score) => score & 0x7f)).size).toBe(128);
    }
  });

  it("refuses a format whose operands no machine could try, and units without one result per operand", () => {
    expect(() => coreOf({ unit: "flare", format: "e8m23", lanes: 1 })).toThrow(
      "flare_e8m23_x1 has 2^64 operands to try; --exhaustive takes formats of up to 16 bits",
    );
    expect(() => coreOf({ unit: "softmax", lanes: 1 })).toThrow("softmax_bf16_x1 cannot be tried on every input");
  });
});
