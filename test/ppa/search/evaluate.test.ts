import { describe, expect, test } from "vitest";
import { readManifest } from "../../../gen/manifest.ts";
import { readDesign } from "../../../ppa/design.ts";
import { evaluator } from "../../../ppa/search/evaluate.ts";
import type { Point, TimedNetlist } from "../../../ppa/search/timed.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import type { Tools } from "../../../ppa/tools.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { someTools } from "../support/tools.ts";

const sandbox = useSandbox();
useOwnCache();

const point = (name: string, abc: string): Point => ({ recipe: { name, abc }, structure: "modules", targetPs: 1 });
const good = point("good", "strash; dch; amap -m");
const bad = point("bad", "no_such_command");

async function evaluate(points: readonly Point[], changes: Partial<Tools> = {}): Promise<readonly TimedNetlist[]> {
  const { rtl, liberty } = sandbox();
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("no module");
  const technology = await prepare(userTechnology([liberty]), [liberty]);
  const { map, time } = evaluator(await someTools(changes), readDesign(rtl, entry), technology);
  return time((await map(points)).map((variant) => variant.point));
}

describe("making and timing netlists", { timeout: 60_000 }, () => {
  test("gives area and period of each, and passes over recipes that fail on the library", async () => {
    const netlists = await evaluate([bad, good]);
    expect(netlists.map(({ trial: { recipe } }) => recipe.name)).toEqual(["good"]);
    expect(netlists[0]?.cells).toMatchObject({ DFF: 3, DFFR: 1 });
    expect(netlists[0]?.areaUm2).toBeGreaterThan(34);
    expect(netlists[0]?.periodPs).toBeGreaterThan(200);
  });

  test("takes from the cache what is there, without starting a tool", async () => {
    const [first] = await evaluate([good]);
    const { version } = (await someTools()).sta;
    const [again] = await evaluate([good], { sta: { program: "/nowhere/sta", version }, timeoutMs: 1 });
    const figures = (of: typeof first): unknown => [of?.periodPs, of?.criticalPath, of?.cells, of?.netlist.text];
    expect(figures(again)).toEqual(figures(first));
  });

  test("fails with the tool's words where every recipe fails", async () => {
    await expect(evaluate([bad])).rejects.toThrow(/^Yosys failed while synthesising tiny_bf16_x1 for tiny: /);
  });
});
