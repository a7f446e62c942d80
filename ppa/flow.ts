import { UserError } from "../gen/host/user-error.ts";
import { parseFormat } from "../gen/numeric/format.ts";
import { namePath } from "./activity/path-namer.ts";
import type { Design } from "./design.ts";
import type { MeasureEnergy } from "./energy/measure.ts";
import { makeReport } from "./report/make.ts";
import type { Report } from "./report/schema.ts";
import { fastest } from "./search/candidate.ts";
import { evaluator, timeOne, type Bench } from "./search/evaluate.ts";
import { pick, search, type Goal } from "./search/search.ts";
import type { PreparedTechnology } from "./tech/prepare.ts";
import type { MakeWorkload } from "./workload/named.ts";
import type { WorkloadRequest } from "./workload/workload.ts";

/** What every measurement of a run shares. */
export interface FlowOptions extends Bench {
  readonly measureEnergy: MeasureEnergy;
  readonly makeWorkload: MakeWorkload;
  /** Look for the smallest netlist that reaches this, instead of the fastest one. */
  readonly targetMHz: number | undefined;
}

/**
 * Measures one module in one technology: searches a netlist, then lets it work.
 * @throws UserError when a tool fails, or no netlist reaches the frequency asked for
 */
export async function measure(
  options: FlowOptions,
  design: Design,
  technology: PreparedTechnology,
  requests: readonly WorkloadRequest[],
  onProgress: (sentence: string) => void,
): Promise<Report> {
  const { sta, targetMHz } = options;
  const goal: Goal = targetMHz === undefined ? { kind: "fmax" } : { kind: "area", periodPs: 1e6 / targetMHz };
  const evaluate = evaluator(options, design, technology);
  const tried = await search(evaluate, goal, (step, sofar) => {
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
  const { criticalPath } = await timeOne(options, design, technology, { verilog: chosen.verilog });
  const path = await namePath(design, technology, chosen.verilog, criticalPath);
  onProgress(`measuring activity and power on ${requests.length} workloads`);
  const format = parseFormat(design.entry.spec.format);
  const workloads = requests.map((request) => options.makeWorkload(request, format));
  const energy = await options.measureEnergy(design, technology, chosen.verilog, workloads);
  return makeReport({ design, technology, sta, targetMHz, chosen, path, tried, energy });
}
