import type { Evaluator } from "../../../ppa/search/evaluate.ts";
import type { TimedNetlist } from "../../../ppa/search/timed.ts";

/**
 * Two recipes instead of a whole search, for tests of what follows it:
 * `vi.mock("../../ppa/search/search.ts", () => import("./support/two-recipes.ts"))`.
 */
export async function search({ map, time }: Evaluator): Promise<readonly TimedNetlist[]> {
  const recipes = ["strash; dch; amap -m", "strash; map"].map((abc, i) => ({ name: `try${i}`, abc }));
  const points = recipes.map((recipe) => ({ recipe, structure: "modules", targetPs: 1 }) as const);
  return time((await map(points)).map(({ point }) => point));
}
