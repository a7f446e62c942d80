import { describe, expect, test } from "vitest";
import { parseAxis, placesOf, requestAt } from "../../../ppa/sweep/axes.ts";

describe("an axis of a sweep", () => {
  test.each([
    ["stages=0..6", [0, 1, 2, 3, 4, 5, 6]],
    ["lanes=1,2,4", [1, 2, 4]],
    ["lanes=1..3,8", [1, 2, 3, 8]],
    ["sparsity=0..100:25", [0, 25, 50, 75, 100]],
    ["sparsity=90,98.9", [90, 98.9]],
    ["sparsity=0..1:0.3", [0, 0.3, 0.6, 0.9]],
    ["format=bf16,fp8_e4m3", ["bf16", "fp8_e4m3"]],
  ])("%s", (text, values) => {
    expect(parseAxis(text).values).toEqual(values);
  });

  test.each([
    ["depth=1..3", "--sweep depth=1..3 is no axis of a sweep; it takes stages=0..6, "],
    ["stages", "--sweep stages is no axis of a sweep; it takes "],
    ["stages=", "--sweep stages= is no axis of a sweep; it takes "],
    ["stages=1,x", '"x" in --sweep stages=1,x is no number and no range; use stages=0..6, '],
    ["stages=6..0", 'the range "6..0" in --sweep stages=6..0 has no values, or more than 200; '],
    ["lanes=1..9999", 'the range "1..9999" in --sweep lanes=1..9999 has no values, or more than 200; '],
    ["sparsity=1..2:0", 'the range "1..2:0" in --sweep sparsity=1..2:0 has no values, or more than 200; '],
    ["lanes=1,2,1", "--sweep lanes=1,2,1 has 1 twice; give each value once"],
  ])("%s is refused in words", (text, sentence) => {
    expect(() => parseAxis(text)).toThrow(sentence);
  });
});

describe("the places of a sweep", () => {
  test("are every combination, the last axis fastest", () => {
    const places = placesOf([parseAxis("stages=0,1"), parseAxis("lanes=4,8")]);
    expect(places.map((place) => Object.fromEntries(place))).toEqual([
      { stages: 0, lanes: 4 },
      { stages: 0, lanes: 8 },
      { stages: 1, lanes: 4 },
      { stages: 1, lanes: 8 },
    ]);
  });

  test("ask the generators for what is varied, and leave the workload's axis to the workloads", () => {
    const [place] = placesOf(["lanes=4", "isolate=off", "format=fp16", "sparsity=50"].map(parseAxis));
    expect(requestAt("flare", place ?? new Map())).toEqual({ unit: "flare", lanes: 4, isolate: false, format: "fp16" });
  });

  test("with words that the generators do not know are refused", () => {
    const at = (text: string): unknown => requestAt("flare", placesOf([parseAxis(text)])[0] ?? new Map());
    expect(() => at("isolate=maybe")).toThrow('--sweep isolate takes on and off, not "maybe"');
    expect(() => at("subnormals=never")).toThrow('--sweep subnormals takes keep and flush, not "never"');
  });
});
