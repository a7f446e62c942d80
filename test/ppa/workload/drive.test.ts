import { describe, expect, test } from "vitest";
import { buildDesign, resolveSpec, type SpecRequest } from "../../../gen/design.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { cyclesOf, stimuliFor } from "../../../ppa/workload/drive.ts";
import { makeWorkload } from "../../../ppa/workload/workload.ts";
import { attention, bf16 } from "./support/ran.ts";

describe("a workload that does not fit a unit", () => {
  const entryOf = (request: SpecRequest): ModuleEntry => {
    const entry = buildDesign(resolveSpec(request)).entries[0];
    if (entry === undefined) throw new Error("no entry");
    return entry;
  };

  test("is refused where it lacks biases", () => {
    const alone = { ...attention, biases: undefined };
    expect(() => [...stimuliFor(entryOf({ unit: "flare" }), alone, "isolated")]).toThrow(
      "flare_bf16_x8 adds a bias to each score, but the trace has scores alone; record an array of shape [2, N]",
    );
    expect([...stimuliFor(entryOf({ unit: "relu" }), alone, "isolated")]).toHaveLength(1);
  });

  test("is refused in another format", () => {
    expect(() => [...stimuliFor(entryOf({ unit: "relu", format: "fp16" }), attention, "isolated")]).toThrow(
      "relu_fp16_x8 takes fp16, but the workload is in bf16",
    );
  });

  test("of more than 32 vectors runs in several goes", () => {
    const more = makeWorkload({ kind: "uniform" }, bf16);
    const patterns = new Uint32Array([...more.scores, ...more.scores.subarray(0, 3 * 1024)]);
    const stimuli = [...stimuliFor(entryOf({ unit: "relu" }), { ...more, count: 35, scores: patterns }, "isolated")];
    expect(stimuli.map(({ firstVector, vectors }) => [firstVector, vectors])).toEqual([
      [0, 32],
      [32, 3],
    ]);
  });
});

describe("the cycles of a vector of 1,024 elements", () => {
  const entry = (unit: "relu" | "softmax", lanes: number, passes: readonly number[]): ModuleEntry => {
    const [built] = buildDesign(resolveSpec({ unit, lanes: Math.max(lanes, 1) })).entries;
    if (built === undefined) throw new Error("no entry");
    return { ...built, passes: [...passes] };
  };

  test("are the papers' 129 through eight lanes and one register", () => {
    expect(cyclesOf(entry("relu", 8, [1]), "isolated")).toBe(129);
    expect(cyclesOf(entry("relu", 8, [1]), "streaming")).toBe(128);
  });

  test("are of softmax the beats of both passes, and what each takes beside them", () => {
    expect(cyclesOf(entry("softmax", 1, [5, 2]), "isolated")).toBe(1029 + 1026);
    expect(cyclesOf(entry("softmax", 8, [10, 2]), "isolated")).toBe(138 + 130);
    expect(cyclesOf(entry("softmax", 8, [10, 2]), "streaming")).toBe(128);
  });

  test("count a last beat that is not full", () => {
    expect(cyclesOf(entry("relu", 3, [0]), "isolated")).toBe(342);
  });
});
