import { fanouts, mappings, recipe, type Fanout, type Mapping } from "../yosys/recipes.ts";
import { fastest, smallestWithin, type Candidate, type Trial } from "./candidate.ts";
import type { Evaluate } from "./evaluate.ts";

/** What is looked for: the highest frequency, or the smallest netlist that reaches a given one. */
export type Goal = { readonly kind: "fmax" } | { readonly kind: "area"; readonly periodPs: number };

/** Told how far a search is, for progress displays. */
export type Progress = (step: string, tried: readonly Candidate[]) => void;

/**
 * Every netlist that was tried on the way to the goal, in a fixed order; equal inputs give equal searches.
 *
 * The loop is closed through OpenSTA. ABC's own idea of a delay only orders its work, so each netlist is timed, and what
 * is tried next depends on the result: first every way of mapping, aimed at no delay at all; then the best ones with
 * other fanouts; then the best of those aimed at the periods they reached, tightened or relaxed while that gains.
 */
export async function search(evaluate: Evaluate, goal: Goal, progress: Progress): Promise<readonly Candidate[]> {
  const session = new Session(evaluate, progress);
  await session.try("surveying recipes", survey());
  await session.try("bounding fanout", refine(session.promising(goal)));
  await session.try("closing the loop", aim(session.promising(goal), goal));
  for (let round = 0; round < 3; round++) {
    const before = session.best(goal);
    if (before === undefined) break;
    await session.try("closing the loop", tightenAndRelax(before));
    if (session.best(goal) === before) break;
  }
  await session.try("looking for small netlists", relaxed(session.smallest()));
  return session.tried;
}

/** What a goal picks from the netlists tried; undefined where none fits. */
export function pick(candidates: readonly Candidate[], goal: Goal): Candidate | undefined {
  switch (goal.kind) {
    case "fmax":
      return fastest(candidates);
    case "area":
      return smallestWithin(candidates, goal.periodPs);
    default:
      return goal satisfies never;
  }
}

/** An aim that no logic can meet: ABC then does what it can. */
const asFastAsPossible = 1;
/** An aim that any logic meets. */
const atLeisure = 1_000_000;

function survey(): Trial[] {
  const first: Fanout[] = [undefined, 6];
  return mappings.flatMap((mapping) => first.map((fanout) => trial(mapping, fanout, asFastAsPossible)));
}

/** The promising netlists' recipes with every fanout, and across the borders of modules where that is affordable. */
function refine(promising: readonly Candidate[]): Trial[] {
  const used = promising.flatMap((candidate) => mappings.filter((m) => candidate.trial.recipe.name.startsWith(m.name)));
  const others: Fanout[] = [...fanouts, "unbuffered"];
  const varied = [...new Set(used)].flatMap((mapping) =>
    others.map((fanout) => trial(mapping, fanout, asFastAsPossible)),
  );
  const small = promising.filter(({ cells }) => sum(Object.values(cells)) <= flattenAtMost);
  return [...varied, ...small.map((candidate): Trial => ({ ...candidate.trial, structure: "flat" }))];
}

/** Instances up to which a design is also mapped as a whole; beyond, the time goes further elsewhere. */
const flattenAtMost = 3000;

/** ABC counts logic only, without the flip-flop before it and the setup after: its target is a part of the period. */
function aim(promising: readonly Candidate[], goal: Goal): Trial[] {
  const parts = [1, 0.94, 0.88, 0.82, 0.75, 0.65];
  return promising.slice(0, 2).flatMap((candidate) => {
    const period = goal.kind === "area" ? goal.periodPs : candidate.periodPs;
    return parts.map((part) => ({ ...candidate.trial, targetPs: Math.round(period * part) }));
  });
}

function tightenAndRelax(best: Candidate): Trial[] {
  const target = best.trial.targetPs === asFastAsPossible ? best.periodPs * 0.85 : best.trial.targetPs;
  return [0.97, 1.03].map((part) => ({ ...best.trial, targetPs: Math.round(target * part) }));
}

function relaxed(smallest: readonly Candidate[]): Trial[] {
  return smallest.flatMap((candidate) =>
    [Math.round(candidate.periodPs), atLeisure].map((targetPs) => ({ ...candidate.trial, targetPs })),
  );
}

function trial(mapping: Mapping, fanout: Fanout, targetPs: number): Trial {
  return { recipe: recipe(mapping, fanout), structure: "modules", targetPs };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What has been tried, without repetition. */
class Session {
  readonly tried: Candidate[] = [];
  private readonly seen = new Set<string>();
  private readonly evaluate: Evaluate;
  private readonly progress: Progress;

  constructor(evaluate: Evaluate, progress: Progress) {
    this.evaluate = evaluate;
    this.progress = progress;
  }

  async try(step: string, trials: readonly Trial[]): Promise<void> {
    const fresh = trials.filter((candidate) => {
      const key = `${candidate.recipe.name} ${candidate.structure} ${candidate.targetPs}`;
      return !this.seen.has(key) && this.seen.add(key);
    });
    this.progress(step, this.tried);
    this.tried.push(...(await this.evaluate(fresh)));
  }

  best(goal: Goal): Candidate | undefined {
    return pick(this.tried, goal) ?? fastest(this.tried);
  }

  /** The best netlist of each of the three recipes that serve the goal best. */
  promising(goal: Goal): readonly Candidate[] {
    const left = [...this.tried];
    const chosen: Candidate[] = [];
    while (chosen.length < 3) {
      const next = goal.kind === "fmax" ? fastest(left) : (smallestWithin(left, goal.periodPs * 1.05) ?? fastest(left));
      if (next === undefined) break;
      chosen.push(next);
      const rest = left.filter((other) => other.trial.recipe.name !== next.trial.recipe.name);
      left.splice(0, left.length, ...rest);
    }
    return chosen;
  }

  /** The two smallest netlists of different recipes. */
  smallest(): readonly Candidate[] {
    const first = smallestWithin(this.tried, Infinity);
    const others = this.tried.filter((other) => other.trial.recipe.name !== first?.trial.recipe.name);
    return [first, smallestWithin(others, Infinity)].filter((candidate) => candidate !== undefined);
  }
}
