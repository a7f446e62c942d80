import { describe, expect, test } from "vitest";
import { fastest, paretoFront, smallestWithin, type Candidate, type Trial } from "../../../ppa/search/candidate.ts";
import { pick, search, type Goal } from "../../../ppa/search/search.ts";

const silent = (): void => undefined;

/** A world in which `lut` recipes are fast, `amap` ones small, fanout 4 helps, and an aim of 300 ps is the best for both. */
function imagined(trial: Trial): Candidate {
  const { name } = trial.recipe;
  const fast = name.startsWith("lut") ? 0 : 100;
  const fanout = name.endsWith("/f4") ? 0 : 20;
  const aim = trial.targetPs === 1 ? 30 : Math.min(30, Math.abs(trial.targetPs - 300) / 4);
  const size = name.includes("amap") ? 100 : 200;
  return {
    trial,
    verilog: "",
    cells: { NAND2: size },
    areaUm2: size + (trial.structure === "flat" ? 1 : 0) + (trial.targetPs > 10_000 ? -5 : 0),
    periodPs: 400 + fast + fanout + aim,
  };
}

const run = async (goal: Goal): Promise<readonly Candidate[]> =>
  search((trials) => Promise.resolve(trials.map(imagined)), goal, silent);

describe("the search", () => {
  test("tries every recipe, then the fanout and the aim of the best, and finds the fastest", async () => {
    const tried = await run({ kind: "fmax" });
    const best = fastest(tried);
    expect(best?.trial.recipe.name).toMatch(/^lut.*\/f4$/);
    expect(best?.periodPs).toBeLessThan(410);
  });

  test("tries nothing twice, and is the same every time", async () => {
    const names = (candidates: readonly Candidate[]): string[] =>
      candidates.map(({ trial }) => `${trial.recipe.name} ${trial.structure} ${trial.targetPs}`);
    const first = names(await run({ kind: "fmax" }));
    expect(new Set(first).size).toBe(first.length);
    expect(names(await run({ kind: "fmax" }))).toEqual(first);
  });

  test("looks for the smallest netlist where a frequency is asked for", async () => {
    const goal: Goal = { kind: "area", periodPs: 560 };
    const best = pick(await run(goal), goal);
    expect(best?.trial.recipe.name).toMatch(/amap/);
    expect(best?.areaUm2).toBe(95);
  });

  test("picks nothing where no netlist is fast enough", async () => {
    const goal: Goal = { kind: "area", periodPs: 100 };
    expect(pick(await run(goal), goal)).toBeUndefined();
  });
});

describe("of several netlists", () => {
  const candidate = (areaUm2: number, periodPs: number): Candidate => ({
    trial: { recipe: { name: `${areaUm2}`, abc: "" }, structure: "modules", targetPs: 1 },
    verilog: "",
    cells: {},
    areaUm2,
    periodPs,
  });
  const all = [candidate(9, 1), candidate(5, 5), candidate(6, 5), candidate(7, 2), candidate(8, 3), candidate(9, 2)];
  const figures = (some: readonly (Candidate | undefined)[]): (number | undefined)[][] =>
    some.map((c) => [c?.areaUm2, c?.periodPs]);

  test("the front holds those that no other beats in both area and speed", () => {
    expect(figures(paretoFront(all))).toEqual([
      [5, 5],
      [7, 2],
      [9, 1],
    ]);
  });

  test("the smallest within a period may be that period exactly", () => {
    expect(figures([smallestWithin(all, 2), smallestWithin(all, 1.9)])).toEqual([
      [7, 2],
      [9, 1],
    ]);
  });
});
