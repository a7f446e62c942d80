import pLimit from "p-limit";
import { describe, expect, test } from "vitest";
import { findTool } from "../../../gen/host/tool.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { readDesign } from "../../../ppa/design.ts";
import type { Candidate, Point } from "../../../ppa/search/candidate.ts";
import { evaluator, type Bench } from "../../../ppa/search/evaluate.ts";
import { openSta } from "../../../ppa/sta/tool.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();
useOwnCache();

const point = (name: string, abc: string): Point => ({ recipe: { name, abc }, structure: "modules", targetPs: 1 });
const good = point("good", "strash; dch; amap -m");
const bad = point("bad", "no_such_command");

async function evaluate(points: readonly Point[], changes: Partial<Bench> = {}): Promise<readonly Candidate[]> {
  const { rtl, liberty } = sandbox();
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("no module");
  const technology = await prepare(userTechnology([liberty]), [liberty]);
  const bench: Bench = { sta: await findTool(openSta), limit: pLimit(2), timeoutMs: 60_000, ...changes };
  const { map, time } = evaluator(bench, readDesign(rtl, entry), technology);
  return time((await map(points)).map((variant) => variant.point));
}

describe("making and timing netlists", { timeout: 60_000 }, () => {
  test("gives area and period of each, and passes over recipes that fail on the library", async () => {
    const candidates = await evaluate([bad, good]);
    expect(candidates.map(({ trial: { recipe } }) => recipe.name)).toEqual(["good"]);
    expect(candidates[0]?.cells).toMatchObject({ DFF: 3, DFFR: 1 });
    expect(candidates[0]?.areaUm2).toBeGreaterThan(34);
    expect(candidates[0]?.periodPs).toBeGreaterThan(200);
  });

  test("takes from the cache what is there, without starting a tool", async () => {
    const [first] = await evaluate([good]);
    const broken = { sta: { program: "/nowhere/sta", version: (await findTool(openSta)).version }, timeoutMs: 1 };
    expect(await evaluate([good], broken)).toEqual([first]);
  });

  test("fails with the tool's words where every recipe fails", async () => {
    await expect(evaluate([bad])).rejects.toThrow(/^Yosys failed while synthesising tiny_bf16_x1 for tiny: /);
  });
});
