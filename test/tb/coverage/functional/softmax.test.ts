import { describe, expect, it } from "vitest";
import { bf16, repeated, special } from "../../../../tb/bench/stimulus/softmax/scores.ts";
import type { Counted } from "../../../../tb/coverage/functional/counted.ts";
import { softmaxCoverage } from "../../../../tb/coverage/functional/softmax.ts";
import { softmax } from "../../../../tb/golden/softmax.ts";
import { families } from "../../../../gen/families/index.ts";

const spec = families.softmax.resolve({ unit: "softmax", lanes: 4, maxLength: 64 });

/** The bins that rows hit, by the name of their group. */
function hitBy(...rows: readonly (readonly bigint[])[]): (group: string) => readonly string[] {
  const { groups, observer } = softmaxCoverage(spec);
  for (const scores of rows) observer.row?.({ scores, results: softmax(scores, spec) });
  return (name) => {
    const group = groups.find(({ plan }) => plan.name === name)?.group;
    return group?.bins.filter((bin) => group.count(bin) > 0) ?? [];
  };
}

const breaches = (groups: readonly Counted[]): readonly string[] => groups.flatMap((group) => group.breaches);

describe("coverage of rows of softmax", () => {
  it("knows where the maximum stands, and what the running maximum rises by", () => {
    // Powers of two: 0, then 8 in the second beat, then nothing higher.
    const row = [...repeated(0, 4), bf16(0), bf16(8.5 * Math.LN2), ...repeated(0, 2), bf16(1)];
    const hit = hitBy(row);
    expect(hit("beat of the maximum x its lane")).toEqual(["middle beat x lane 1"]);
    expect(hit("rescale distance of the running maximum")).toEqual(["first number", "rises by 0", "rises by 8"]);
    expect(hit("ties of the maximum")).toEqual(["unique"]);
    expect(hit("elements in the last beat x beats")).toEqual(["in the last 1 x more beats"]);
    expect(hit("powers of two below the running maximum")).toContain("below by 8");
  });

  it("knows masks, what makes a row NaN, and what came before", () => {
    const masked = [special.mask, special.zero];
    const hit = hitBy(masked, [special.zero, special.quietNan], [special.mask], masked);
    expect(hit("kind of row x kind of the row before")).toEqual([
      "some masks x after numbers",
      "some masks x after masks alone",
      "masks alone x after NaN",
      "NaN x after some masks",
    ]);
    expect(hit("what makes a row NaN x its place")).toEqual(["+quiet NaN x last"]);
    expect(hit("masks in a beat x its place")).toEqual(["some masks x only beat"]);
  });

  it("knows the sum and the results", () => {
    const hit = hitBy(repeated(40960, 8), [special.zero]);
    expect(hit("log2 of the sum")).toEqual(["2^0", "2^3"]);
    expect(hit("exponent of the result")).toEqual(["2^-3", "1"]);
    expect(hit("size of the maximum")).toEqual(["zero", "2^15 or above"]);
    expect(hit("powers of two below the running maximum")).toEqual(["below by 0", "2^15 or above, equal"]);
  });

  it("shows the holes that rows of one beat leave", () => {
    const { groups, observer } = softmaxCoverage(spec);
    for (let length = 1; length <= 4; length++) {
      const scores = repeated(length, length);
      observer.row?.({ scores, results: softmax(scores, spec) });
    }
    const holes = groups.find(({ plan }) => plan.name === "elements in the last beat x beats")?.group.holes;
    expect(holes).toHaveLength(8);
    expect(breaches(groups)).toEqual([]);
  });
});
