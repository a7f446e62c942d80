import { runStage } from "../../gen/host/stage.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { verification } from "../activity/verify.ts";
import type { Design } from "../design.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Tools } from "../tools.ts";
import { evaluator } from "./evaluate.ts";
import { search } from "./search.ts";
import { pick, type Goal } from "./session.ts";
import { fastest, paretoFront, trialName, type TimedNetlist } from "./timed.ts";

/** What a search ends with: netlists that were each simulated beside their RTL. */
export interface SearchResult {
  readonly chosen: TimedNetlist;
  /** Those that no other one beats in both area and speed, from the smallest to the fastest. */
  readonly front: readonly FrontPoint[];
}

/** The figures of a netlist on the front of area and speed. */
export interface FrontPoint {
  readonly recipe: string;
  readonly targetPs: number;
  readonly periodPs: number;
  readonly areaUm2: number;
}

/**
 * Searches the fastest netlist of a design, or the smallest that reaches a frequency. Equal inputs find the same one; what
 * the cache holds costs no tool run.
 * @throws UserError when a tool fails, a netlist differs from its RTL, or none reaches the frequency asked for
 */
export async function findNetlist(
  tools: Tools,
  design: Design,
  technology: PreparedTechnology,
  targetMHz: number | undefined,
  onProgress: (sentence: string) => void,
): Promise<SearchResult> {
  const goal: Goal = targetMHz === undefined ? { kind: "fmax" } : { kind: "area", periodPs: 1e6 / targetMHz };
  const tried = await search(evaluator(tools, design, technology), goal, (step, sofar) => {
    const best = fastest(sofar);
    const reached =
      best === undefined ? "" : `, ${sofar.length} netlists so far, ${(1e6 / best.periodPs).toFixed(0)} MHz`;
    onProgress(`${step}${reached}`);
  });
  const chosen = pick(tried, goal);
  if (chosen === undefined) {
    const best = fastest(tried)?.periodPs ?? Infinity;
    throw new UserError(
      `${design.name} reaches ${(1e6 / best).toFixed(0)} MHz in ${technology.technology.name}, not ${String(targetMHz)}; ask for less with --target-mhz, or generate it with more stages`,
    );
  }
  const front = paretoFront(tried);
  const netlists = [...new Set([chosen, ...front])].map(({ netlist }) => netlist);
  onProgress(`comparing ${netlists.length} netlists with the RTL`);
  for (const netlist of netlists) await runStage(verification, netlist);
  return {
    chosen,
    front: front.map(({ trial, periodPs, areaUm2 }) => {
      return { recipe: trialName(trial), targetPs: trial.targetPs, periodPs, areaUm2 };
    }),
  };
}
