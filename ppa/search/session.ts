import { fastest, pointKey, smallestWithin, trialKey, type TimedNetlist, type Point } from "./timed.ts";
import type { Evaluator } from "./evaluate.ts";
import { compose, worthTiming, type Outlook, type Variant } from "./variant.ts";

/** What is looked for: the highest frequency, or the smallest netlist that reaches a given one. */
export type Goal = { readonly kind: "fmax" } | { readonly kind: "area"; readonly periodPs: number };

/** Told how far a search is, for progress displays. */
export type Progress = (step: string, tried: readonly TimedNetlist[]) => void;

/** What a goal picks from the netlists tried; undefined where none fits. */
export function pick(netlists: readonly TimedNetlist[], goal: Goal): TimedNetlist | undefined {
  switch (goal.kind) {
    case "fmax":
      return fastest(netlists);
    case "area":
      return smallestWithin(netlists, goal.periodPs);
    default:
      return goal satisfies never;
  }
}

/** The part of the period that is left to logic between a flip-flop and the setup of the next, more or less. */
const logicPart = 0.85;

/** Netlists that are timed in each step, at most, and the cells of these together, more or less: of a large design the best few. */
const mostTimed = 10;
const cellsTimed = 100_000;

/** What has been mapped and timed, without repetition. */
export class Session {
  readonly tried: TimedNetlist[] = [];
  private readonly variants: Variant[] = [];
  private readonly known = new Set<string>();
  private readonly evaluator: Evaluator;
  private readonly goal: Goal;
  private readonly progress: Progress;

  constructor(evaluator: Evaluator, goal: Goal, progress: Progress) {
    this.evaluator = evaluator;
    this.goal = goal;
    this.progress = progress;
  }

  /** Maps the points that are new, and times what they promise to be good for. */
  async try(step: string, points: readonly Point[]): Promise<void> {
    this.progress(step, this.tried);
    const mapped = await this.evaluator.map(points.filter((point) => this.isNew(pointKey(point))));
    this.variants.push(...mapped);
    await this.time(mapped.map((variant) => this.outlook(variant, 1)));
  }

  /** Puts the netlists together again: every module may be of what has been mapped since, with more room or less. */
  async balance(step: string, netlists: readonly TimedNetlist[], rooms: readonly number[]): Promise<void> {
    this.progress(step, this.tried);
    const keys = new Set(netlists.map(({ trial }) => pointKey(trial)));
    const bases = this.variants.filter(({ point }) => keys.has(pointKey(point)));
    await this.time(bases.flatMap((variant) => rooms.map((room) => this.outlook(variant, room))));
  }

  private outlook(variant: Variant, room: number): Outlook {
    const leastPs = this.goal.kind === "area" ? this.goal.periodPs * logicPart : 0;
    return compose(variant, this.variants, room, leastPs);
  }

  private async time(outlooks: readonly Outlook[]): Promise<void> {
    const most = Math.min(mostTimed, Math.max(3, Math.round(cellsTimed / (outlooks[0]?.cells ?? 1))));
    const trials = worthTiming(outlooks, most).map(({ trial }) => trial);
    this.tried.push(...(await this.evaluator.time(trials.filter((trial) => this.isNew(`timed ${trialKey(trial)}`)))));
  }

  private isNew(key: string): boolean {
    return !this.known.has(key) && this.known.add(key).size > 0;
  }

  best(): TimedNetlist | undefined {
    return pick(this.tried, this.goal) ?? fastest(this.tried);
  }

  /** The best netlist of each of the recipes that serve the goal best. */
  promising(count: number): readonly TimedNetlist[] {
    const { goal } = this;
    const left = [...this.tried];
    const chosen: TimedNetlist[] = [];
    while (chosen.length < count) {
      const next = goal.kind === "fmax" ? fastest(left) : (smallestWithin(left, goal.periodPs * 1.05) ?? fastest(left));
      if (next === undefined) break;
      chosen.push(next);
      const rest = left.filter((other) => other.trial.recipe.name !== next.trial.recipe.name);
      left.splice(0, left.length, ...rest);
    }
    return chosen;
  }

  smallest(): TimedNetlist | undefined {
    return smallestWithin(this.tried, Infinity);
  }
}
