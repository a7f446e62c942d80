import { describe, expect, test } from "vitest";
import { cyclesOf } from "../../../ppa/workload/drive.ts";
import { homes } from "../../../tb/families/index.ts";
import { attention, bf16, elementsAt, ran, vectorOf } from "./support/ran.ts";

describe("an isolated vector through an elementwise core", () => {
  test.each([
    { unit: "relu", lanes: 8 },
    { unit: "flare", lanes: 8 },
    { unit: "fire_relu", lanes: 3, stages: 0 },
  ])("is counted from its first beat in to its last result out, and gives the golden results: %j", (request) => {
    const all = ran(request, attention, "isolated", 3);
    const { entry, stimulus, at } = all;
    const [first, last] = [stimulus.counted.indexOf(1), stimulus.counted.lastIndexOf(1)];
    const beats = Math.ceil(1024 / request.lanes);
    expect(stimulus.countedCycles).toBe(beats + entry.latency);
    expect(stimulus.countedCycles).toBe(cyclesOf(entry, "isolated"));
    expect(last - first + 1).toBe(stimulus.countedCycles);
    expect(at("in_valid_i", first)).toBe(1n);
    expect(at("out_valid_o", last)).toBe(1n);
    if (entry.latency > 0) {
      // The cycle before shows the last result of the vector before.
      expect([at("in_valid_i", first - 1), at("out_valid_o", first - 1), at("out_valid_o", first)]).toEqual([
        0n,
        1n,
        0n,
      ]);
    }
    const { model } = homes[entry.unit];
    const biases = vectorOf(attention.biases, 3);
    const expected = vectorOf(attention.scores, 3).map((score, i) =>
      model?.compute(score, biases[i] ?? 0n, { format: bf16, subnormals: "keep" }),
    );
    expect(elementsAt(all, "prob_o", "out_valid_o", first, last + 1)).toEqual(expected);
  });

  test("follows another vector, whose last operands its inputs still hold", () => {
    const all = ran({ unit: "flare", lanes: 8 }, attention, "isolated", 0);
    const before = all.stimulus.counted.indexOf(1) - 1;
    const held = vectorOf(attention.scores, 31).slice(-8).toReversed();
    expect(all.at("score_i", before)).toBe(held.reduce((joined, score) => (joined << 16n) | score, 0n));
  });

  test("comes from reset, in which nothing is valid", () => {
    const { at } = ran({ unit: "flare", lanes: 8 }, attention, "isolated", 0);
    expect([0, 1, 2].map((cycle) => at("rst_ni", cycle))).toEqual([0n, 0n, 1n]);
    expect([0, 1, 2, 3, 4].map((cycle) => at("in_valid_i", cycle))).toEqual([0n, 0n, 0n, 0n, 1n]);
  });
});

describe("vectors that stream through an elementwise core", () => {
  test("are counted while the results of one come out, without a gap", () => {
    const all = ran({ unit: "flare", lanes: 8 }, attention, "streaming", 5);
    const { stimulus, at } = all;
    const [first, last] = [stimulus.counted.indexOf(1), stimulus.counted.lastIndexOf(1)];
    expect([stimulus.countedCycles, last - first + 1, cyclesOf(all.entry, "streaming")]).toEqual([128, 128, 128]);
    const { model } = homes.flare;
    const biases = vectorOf(attention.biases, 5);
    const expected = vectorOf(attention.scores, 5).map((score, i) =>
      model?.compute(score, biases[i] ?? 0n, { format: bf16, subnormals: "keep" }),
    );
    expect(elementsAt(all, "prob_o", "out_valid_o", first, last + 1)).toEqual(expected);
    for (let cycle = first; cycle <= last; cycle++) expect(at("in_valid_i", cycle) & at("out_valid_o", cycle)).toBe(1n);
  });
});
