import { describe, expect, test } from "vitest";
import type { MappedNetlist } from "../../../ppa/netlist/mapped.ts";
import {
  fastest,
  paretoFront,
  smallestWithin,
  trialKey,
  type TimedNetlist,
  type Point,
} from "../../../ppa/search/timed.ts";
import type { Evaluator } from "../../../ppa/search/evaluate.ts";
import { search } from "../../../ppa/search/search.ts";
import { pick, type Goal } from "../../../ppa/search/session.ts";
import type { ModuleFacts, Variant } from "../../../ppa/search/variant.ts";

/** The search knows netlists by their figures alone. */
const netlist = {} as MappedNetlist;

const silent = (): void => undefined;

/** What a netlist's period has beyond the delay of its logic, picoseconds. */
const registers = 100;

/**
 * A world in which `lut` recipes are fast, `amap` ones small, fanout 4 helps, and an aim of 340 ps is the best for both. The core
 * limits the clock; the side of the design has the same logic, half as long.
 */
function imagined({ recipe: { name }, targetPs, structure }: Point, part: number): ModuleFacts {
  const fast = name.startsWith("lut") ? 0 : 100;
  const fanout = name.endsWith("/f4") ? 0 : 20;
  const aim = targetPs === 1 ? 30 : Math.min(30, Math.abs(targetPs - 340) / 4);
  const size = (name.includes("amap") ? 100 : 200) + (structure === "flat" ? 1 : 0) + (targetPs > 10_000 ? -5 : 0);
  return { areaUm2: size, cells: size, delayPs: (300 + fast + fanout + aim) * part };
}

const factsOf = (point: Point): ReadonlyMap<string, ModuleFacts> =>
  new Map([
    ["side", imagined(point, 0.5)],
    ["core", imagined(point, 1)],
  ]);

/** Keeps what it was asked. */
function world(scale = 1): Evaluator & { readonly mapped: Point[] } {
  const mapped: Point[] = [];
  return {
    mapped,
    map: (points) => {
      mapped.push(...points);
      const scaled = (facts: ModuleFacts): ModuleFacts => ({ ...facts, cells: facts.cells * scale });
      return Promise.resolve(
        points.map((point): Variant => {
          return { point, modules: new Map([...factsOf(point)].map(([name, facts]) => [name, scaled(facts)])) };
        }),
      );
    },
    time: (trials) =>
      Promise.resolve(
        trials.map((trial): TimedNetlist => {
          const facts = [...factsOf(trial)].map(([name, own]) => {
            const other = trial.others?.get(name);
            return other === undefined ? own : (factsOf(other).get(name) ?? own);
          });
          const areaUm2 = facts.reduce((sum, fact) => sum + fact.areaUm2, 0);
          const periodPs = registers + Math.max(...facts.map(({ delayPs }) => delayPs));
          return { trial, netlist, cells: { NAND2: areaUm2 * scale }, areaUm2, periodPs, criticalPath: [] };
        }),
      ),
  };
}

const run = async (goal: Goal, evaluator: Evaluator = world()): Promise<readonly TimedNetlist[]> =>
  search(evaluator, goal, silent);

describe("the search", () => {
  test("tries every recipe, then the fanout and the aim of the best, and finds the fastest", async () => {
    const best = fastest(await run({ kind: "fmax" }));
    expect(best?.trial.recipe.name).toMatch(/^lut.*\/f4$/);
    expect(best?.periodPs).toBeLessThan(410);
  });

  test("leaves the modules small that do not limit the clock", async () => {
    const tried = await run({ kind: "fmax" });
    expect(fastest(tried)?.trial.others?.get("side")?.recipe.name).toMatch(/amap/);
  });

  test("maps and times nothing twice, and is the same every time", async () => {
    const evaluator = world();
    const keys = (await run({ kind: "fmax" }, evaluator)).map(({ trial }) => trialKey(trial));
    const points = evaluator.mapped.map(trialKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(points).size).toBe(points.length);
    expect((await run({ kind: "fmax" })).map(({ trial }) => trialKey(trial))).toEqual(keys);
  });

  test("times no more netlists of a large design, and finds the same", async () => {
    const [small, large] = [await run({ kind: "fmax" }), await run({ kind: "fmax" }, world(100))];
    expect(large.length).toBeLessThanOrEqual(small.length);
    expect(fastest(large)?.periodPs).toBe(fastest(small)?.periodPs);
  });

  test("looks for the smallest netlist where a frequency is asked for", async () => {
    const goal: Goal = { kind: "area", periodPs: 560 };
    const best = pick(await run(goal), goal);
    expect(best?.trial.recipe.name).toMatch(/amap/);
    expect(best?.areaUm2).toBe(190);
  });

  test("picks nothing where no netlist is fast enough", async () => {
    const goal: Goal = { kind: "area", periodPs: 100 };
    expect(pick(await run(goal), goal)).toBeUndefined();
  });
});

describe("of several netlists", () => {
  const timed = (areaUm2: number, periodPs: number): TimedNetlist => ({
    trial: { recipe: { name: `${areaUm2}`, abc: "" }, structure: "modules", targetPs: 1 },
    netlist,
    cells: {},
    areaUm2,
    periodPs,
    criticalPath: [],
  });
  const all = [timed(9, 1), timed(5, 5), timed(6, 5), timed(7, 2), timed(8, 3), timed(9, 2)];
  const figures = (some: readonly (TimedNetlist | undefined)[]): (number | undefined)[][] =>
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
