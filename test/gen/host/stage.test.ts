import { expect, test } from "vitest";
import { z } from "zod";
import { mapOf, oneByOne, runStage, runStageOnAll, type Stage } from "../../../gen/host/stage.ts";
import { useOwnCache } from "../../ppa/support/sandbox.ts";

useOwnCache();

/** Squares numbers; keeps what it was asked to run. */
function squaring(name: string): Stage<number, number> & { readonly runs: (readonly number[])[] } {
  const runs: (readonly number[])[] = [];
  return {
    name,
    source: import.meta.url,
    schema: z.number(),
    key: (input) => [String(input)],
    run: (inputs) => {
      runs.push(inputs);
      return Promise.resolve(inputs.map((input) => input * input));
    },
    runs,
  };
}

test("a stage runs once for an input, and only for those that the cache lacks, in one go", async () => {
  const stage = squaring("once");
  expect(await runStage(stage, 3)).toBe(9);
  expect(await runStageOnAll(stage, [2, 3, 4])).toEqual([4, 9, 16]);
  expect(await runStageOnAll(stage, [4, 3, 2])).toEqual([16, 9, 4]);
  expect(stage.runs).toEqual([[3], [2, 4]]);
});

test("a stage runs anew where another source computes its results", async () => {
  const stage = squaring("code");
  await runStage(stage, 3);
  const other = new URL("../../../gen/host/once.ts", import.meta.url).href;
  await runStage({ ...stage, source: other }, 3);
  expect(stage.runs).toEqual([[3], [3]]);
});

test("a stage that fails leaves nothing in the cache", async () => {
  const stage = squaring("failing");
  const failing = { ...stage, run: () => Promise.reject(new Error("no")) };
  await expect(runStage(failing, 3)).rejects.toThrow("no");
  expect(await runStage(stage, 3)).toBe(9);
});

test("maps come out of the cache as they went in", async () => {
  const stage: Stage<string, { readonly lengths: ReadonlyMap<string, number> }> = {
    name: "maps",
    source: import.meta.url,
    schema: z.object({ lengths: mapOf(z.number()) }),
    key: (input) => [input],
    run: oneByOne((input) => ({ lengths: new Map([[input, 7]]) })),
  };
  const first = await runStage(stage, "__proto__");
  expect(await runStage(stage, "__proto__")).toEqual(first);
  expect(first.lengths.get("__proto__")).toBe(7);
});
