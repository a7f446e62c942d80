import { UserError } from "../../gen/host/user-error.ts";
import type { Design } from "../design.ts";
import type { Report } from "../report/schema.ts";
import { trialName, type Trial } from "../search/candidate.ts";
import { evaluator, type Bench } from "../search/evaluate.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { fanouts, mappings, recipe } from "../yosys/recipes.ts";

/**
 * The netlist that a report describes, made again: its recipe and what it was aimed at are in the report.
 * @throws UserError where what comes out is not what the report describes
 */
export async function netlistOf(
  bench: Bench,
  design: Design,
  technology: PreparedTechnology,
  report: Report,
): Promise<string> {
  const stale = (what: string): UserError =>
    new UserError(
      `the report of ${report.unit} in ${report.tech} ${what}; make it again with \`npm run ppa -- --unit ${report.unit} --tech ${report.tech}\``,
    );
  if (report.specHash !== design.entry.specHash) throw stale("is of other sources");
  const point = report.pareto.find(({ recipe, fmaxMHz }) => recipe === report.recipe && fmaxMHz === report.fmaxMHz);
  const trial = point && trialNamed(report.recipe, point.targetPeriodPs);
  if (trial === undefined) throw stale(`names a recipe (${report.recipe}) that is none of ours`);
  const [made] = await evaluator(bench, design, technology)([trial]);
  if (made === undefined || Math.abs(made.periodPs - report.clockPeriodPs) > 0.02) {
    throw stale(`says ${report.clockPeriodPs} ps, but its recipe reaches ${String(made?.periodPs)} ps`);
  }
  return made.verilog;
}

/** The trial whose netlist a report calls by this name. */
export function trialNamed(name: string, targetPs: number): Trial | undefined {
  const trials = mappings.flatMap((mapping) =>
    [...fanouts, "unbuffered" as const].flatMap((fanout) =>
      (["modules", "flat"] as const).map((structure) => ({ recipe: recipe(mapping, fanout), structure, targetPs })),
    ),
  );
  return trials.find((trial) => trialName(trial) === name);
}
