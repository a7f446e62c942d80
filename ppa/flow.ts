import type { LimitFunction } from "p-limit";
import type { FoundTool } from "../gen/host/tool.ts";
import { UserError } from "../gen/host/user-error.ts";
import type { ModuleEntry } from "../gen/manifest.ts";
import { readDesign } from "./design.ts";
import { writeReport } from "./report/files.ts";
import { makeReport } from "./report/make.ts";
import type { Report } from "./report/schema.ts";
import { fastest } from "./search/candidate.ts";
import { evaluator, timeOne } from "./search/evaluate.ts";
import { search } from "./search/search.ts";
import { pick, type Goal } from "./search/session.ts";
import type { PreparedTechnology } from "./tech/prepare.ts";

/** What every measurement of a run shares. */
export interface FlowOptions {
  readonly rtlFolder: string;
  readonly reportFolder: string;
  readonly sta: FoundTool;
  readonly limit: LimitFunction;
  readonly timeoutMs: number;
  /** Look for the smallest netlist that reaches this, instead of the fastest one. */
  readonly targetMHz: number | undefined;
}

export interface Measured {
  readonly report: Report;
  /** Whether the report's file is new or changed. */
  readonly changed: boolean;
}

/**
 * Measures one module in one technology and writes its report.
 * @throws UserError when a tool fails, or no netlist reaches the frequency asked for
 */
export async function measure(
  options: FlowOptions,
  entry: ModuleEntry,
  technology: PreparedTechnology,
  onProgress: (sentence: string) => void,
): Promise<Measured> {
  const { sta, targetMHz } = options;
  const design = readDesign(options.rtlFolder, entry);
  const goal: Goal = targetMHz === undefined ? { kind: "fmax" } : { kind: "area", periodPs: 1e6 / targetMHz };
  const tried = await search(evaluator(options, design, technology), goal, (step, sofar) => {
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
  const report = makeReport({ design, technology, sta, targetMHz, chosen, criticalPath, tried });
  return { report, changed: writeReport(options.reportFolder, report) };
}
