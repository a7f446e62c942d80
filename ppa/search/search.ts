import { fanouts, mappings, recipe, type Fanout } from "../yosys/recipes.ts";
import type { TimedNetlist, Point } from "./timed.ts";
import type { Evaluator } from "./evaluate.ts";
import { Session, type Goal, type Progress } from "./session.ts";

/**
 * Every netlist that was tried on the way to the goal, in a fixed order; equal inputs give equal searches.
 *
 * Modules are mapped by every recipe, and the module that limits the clock is known from ABC's own delays: these order the
 * work, and the other modules are the smallest that keep up with it. The loop is closed through OpenSTA: what is promising is timed as a whole,
 * and what is mapped next depends on the result.
 */
export async function search(evaluator: Evaluator, goal: Goal, progress: Progress): Promise<readonly TimedNetlist[]> {
  const session = new Session(evaluator, goal, progress);
  await session.try("surveying recipes", survey());
  await session.try("bounding fanout", session.promising(3).flatMap(refined));
  await session.try("closing the loop", session.promising(2).flatMap(aimed(goal)));
  await session.try("looking for small netlists", relaxed(session.smallest()));
  await session.balance("balancing modules", session.promising(2), [0.96, 1, 1.04]);
  return session.tried;
}

/** An aim that no logic can meet: ABC then does what it can. */
const asFastAsPossible = 1;
/** An aim that any logic meets. */
const atLeisure = 1_000_000;

function survey(): Point[] {
  return mappings.map((mapping) => ({
    recipe: recipe(mapping, 6),
    structure: "modules",
    targetPs: asFastAsPossible,
  }));
}

/** The netlist's recipe with every fanout, and across the borders of modules where that is affordable. */
function refined({ trial, cells }: TimedNetlist): Point[] {
  const others: Fanout[] = [...fanouts, "unbuffered"];
  const varied = mappings
    .filter(({ name }) => trial.recipe.name === name || trial.recipe.name.startsWith(`${name}/`))
    .flatMap((mapping) => others.map((fanout) => ({ ...pointOf(trial), recipe: recipe(mapping, fanout) })));
  return sum(Object.values(cells)) <= flattenAtMost ? [...varied, { ...pointOf(trial), structure: "flat" }] : varied;
}

/** Instances up to which a design is also mapped as a whole; beyond, the time goes further elsewhere. */
const flattenAtMost = 3000;

/** ABC counts logic only, without the flip-flop before it and the setup after: its target is a part of the period. */
const aimed =
  (goal: Goal) =>
  ({ trial, periodPs }: TimedNetlist): Point[] => {
    const period = goal.kind === "area" ? goal.periodPs : periodPs;
    return [0.88, 0.81, 0.75].map((part) => ({ ...pointOf(trial), targetPs: Math.round(period * part) }));
  };

function relaxed(smallest: TimedNetlist | undefined): Point[] {
  if (smallest === undefined) return [];
  return [Math.round(smallest.periodPs), atLeisure].map((targetPs) => ({ ...pointOf(smallest.trial), targetPs }));
}

function pointOf({ recipe, structure, targetPs }: Point): Point {
  return { recipe, structure, targetPs };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
