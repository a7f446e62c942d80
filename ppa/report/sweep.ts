import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeIfChanged } from "../../gen/host/files.ts";
import { readStored } from "../../gen/host/stored.ts";
import { printRows } from "./files.ts";
import { reportSchema, type Report } from "./schema.ts";

const axisValueSchema = z.union([z.number(), z.string()]);

const axisSchema = z.strictObject({
  /** `stages`, `lanes`, `format`, `sparsity`. */
  name: z.string().min(1),
  values: z.array(axisValueSchema).min(1),
});

const pointSchema = z.strictObject({
  /** Its place on each axis. */
  axes: z.record(z.string(), axisValueSchema),
  /** On an axis `sparsity` the `results` are those of the workload `sparsity:P` only. */
  report: reportSchema.omit({ criticalPath: true, pareto: true }),
});
export type SweepPoint = z.infer<typeof pointSchema>;

/** `reports/sweeps/<name>.json`: one design under changed parameters, each point measured like any report. */
export const sweepSchema = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/, "a sweep's name is of letters, digits, points, dashes and underscores"),
  tech: z.string(),
  /** The command line that makes it. */
  command: z.string(),
  axes: z.array(axisSchema).min(1),
  points: z.array(pointSchema).min(1),
});
export type Sweep = z.infer<typeof sweepSchema>;

/** What a sweep is of: the units, and what changes. */
export function sweepTitle({ axes, points }: Sweep): string {
  const units = new Set(points.map(({ report }) => report.unit.replace(/_(bf16|fp16|fp32|fp8|x\d).*$/, "")));
  return `${[...units].join(" and ")} over ${axes.map(({ name }) => name).join(" and ")}`;
}

/** A report without what a sweep does not keep. */
export function sweptReport(report: Report): SweepPoint["report"] {
  return pointSchema.shape.report.strip().parse(report);
}

export function sweepPath(folder: string, name: string): string {
  return join(folder, "sweeps", `${name}.json`);
}

/** Writes a sweep whole, unless it is there already; says whether it wrote. */
export function writeSweep(folder: string, sweep: Sweep): boolean {
  return writeIfChanged(sweepPath(folder, sweep.name), printSweep(sweep));
}

/** The text of a sweep: keys in the schema's order, one line for each axis and point. */
export function printSweep(sweep: Sweep): string {
  return printRows(sweepSchema.parse(sweep));
}

/** Every sweep of a folder of reports, in the order of names. */
export function readSweeps(folder: string): readonly Sweep[] {
  return sweepNames(folder).map((name) => readSweep(sweepPath(folder, name)));
}

export function readSweep(path: string): Sweep {
  return readStored(path, sweepSchema, "is not a sweep", "make it again with `npm run ppa -- --sweep`");
}

function sweepNames(folder: string): readonly string[] {
  const sweeps = join(folder, "sweeps");
  if (!existsSync(sweeps)) return [];
  return readdirSync(sweeps)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.replace(/\.json$/, ""))
    .sort();
}
