import { describe, expect, test } from "vitest";
import { compose, worthTiming, type Outlook, type Variant } from "../../../ppa/search/variant.ts";

const variant = (name: string, modules: Record<string, readonly [areaUm2: number, delayPs: number]>): Variant => ({
  point: { recipe: { name, abc: "" }, structure: "modules", targetPs: 1 },
  modules: new Map(
    Object.entries(modules).map(([module, [areaUm2, delayPs]]) => [module, { areaUm2, delayPs, cells: 10 }]),
  ),
});

const fast = variant("fast", { lane: [50, 200], top: [90, 300] });
const middle = variant("middle", { lane: [40, 290], top: [80, 360] });
const small = variant("small", { lane: [30, 420], top: [60, 500] });
const all = [fast, middle, small];

const othersOf = ({ trial }: Outlook): Record<string, string> =>
  Object.fromEntries([...(trial.others ?? [])].map(([module, point]) => [module, point.recipe.name]));

describe("a netlist put together", () => {
  test("has the smallest of every module that keeps up with the one that limits the clock", () => {
    const outlook = compose(fast, all, 1, 0);
    expect(othersOf(outlook)).toEqual({ lane: "middle" });
    expect(outlook).toMatchObject({ areaUm2: 130, cells: 20, delayPs: 300 });
    expect(othersOf(compose(small, all, 1, 0))).toEqual({});
  });

  test("gives the others more room, or less, and the fastest where none keeps up", () => {
    expect(othersOf(compose(fast, all, 1.5, 0))).toEqual({ lane: "small" });
    expect(othersOf(compose(fast, all, 0.9, 0))).toEqual({});
    expect(othersOf(compose(small, all, 0.3, 0))).toEqual({ lane: "fast" });
  });

  test("leaves the others the time that a frequency asked for gives", () => {
    expect(othersOf(compose(fast, all, 1, 450))).toEqual({ lane: "small" });
  });

  test("has no modules of another structure", () => {
    const flat = { ...variant("flat", { top: [70, 280] }), point: { ...fast.point, structure: "flat" as const } };
    expect(compose(flat, [...all, flat], 1, 0)).toMatchObject({ trial: flat.point, areaUm2: 70, delayPs: 280 });
    expect(othersOf(compose(fast, [...all, flat], 1, 0))).toEqual({ lane: "middle" });
  });
});

describe("of netlists that could be put together", () => {
  const outlook = (areaUm2: number, delayPs: number): Outlook => ({ trial: fast.point, cells: 1, areaUm2, delayPs });
  const pairs = (outlooks: readonly Outlook[]): number[][] =>
    outlooks.map(({ areaUm2, delayPs }) => [areaUm2, delayPs]);

  test("those are not timed that are clearly slower than another one, and no smaller", () => {
    const near = outlook(101, 103);
    expect(pairs(worthTiming([outlook(100, 110), outlook(100, 100), near, outlook(90, 150)], 9))).toEqual([
      [100, 100],
      [101, 103],
      [90, 150],
    ]);
  });

  test("of too many the fastest are timed, and the smallest", () => {
    const many = [1, 2, 3, 4, 5, 6].map((step) => outlook(100 - step, 100 * step));
    expect(pairs(worthTiming(many, 2))).toEqual([
      [99, 100],
      [98, 200],
      [94, 600],
    ]);
  });
});
