import { UserError } from "../../gen/host/user-error.ts";
import { verifyNetlists } from "../activity/verify.ts";
import type { Design } from "../design.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { fastest, paretoFront, trialName, type Candidate } from "./candidate.ts";
import { evaluator, type Bench } from "./evaluate.ts";
import { search } from "./search.ts";
import { pick, type Goal } from "./session.ts";

/** The netlists that a search ends with, each simulated beside its RTL. */
export interface Found {
  readonly chosen: Candidate;
  /** Those that no other one beats in both area and speed, from the smallest to the fastest. */
  readonly front: readonly Candidate[];
}

/**
 * Searches the fastest netlist of a design, or the smallest that reaches a frequency. Equal inputs find the same one; what
 * the cache holds costs no tool run.
 * @throws UserError when a tool fails, a netlist differs from its RTL, or none reaches the frequency asked for
 */
export async function findNetlist(
  bench: Bench,
  design: Design,
  technology: PreparedTechnology,
  targetMHz: number | undefined,
  onProgress: (sentence: string) => void,
): Promise<Found> {
  const goal: Goal = targetMHz === undefined ? { kind: "fmax" } : { kind: "area", periodPs: 1e6 / targetMHz };
  const tried = await search(evaluator(bench, design, technology), goal, (step, sofar) => {
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
  const found = { chosen, front: paretoFront(tried) };
  const made = [...new Set([chosen, ...found.front])].map(({ trial, verilog }) => ({
    recipe: trialName(trial),
    verilog,
  }));
  onProgress(`comparing ${made.length} netlists with the RTL`);
  await verifyNetlists(design.entry, technology, made);
  return found;
}
