import { defaultSeed, standardWorkloads } from "../workload/workload.ts";
import type { Report, Result } from "./schema.ts";

/** What a report says of a netlist, without the parts that only the whole report has: a point of a sweep says as much. */
export type Measured = Omit<Report, "criticalPath" | "pareto">;

/** The workload of the tables that stand beside the papers'. */
export const headlineWorkload = "attention";

/** Whether the netlist's nets have wires: its figures never stand among those without. */
export function hasWires(report: Pick<Report, "wireFfPerFanout">): boolean {
  return (report.wireFfPerFanout ?? 0) > 0;
}

/**
 * What the work of a report is called where it is not that of all reports, which are compared with each other: other
 * workloads than `standardWorkloads`, or another seed.
 */
export function otherWork({ activity }: Pick<Report, "activity">): string | undefined {
  if (activity === undefined) return undefined;
  const names = activity.workloads.map(({ name }) => name);
  const seeds = [...new Set(activity.workloads.map(({ seed }) => seed ?? defaultSeed))].filter(
    (n) => n !== defaultSeed,
  );
  const isStandard = names.join() === standardWorkloads.join();
  if (isStandard && seeds.length === 0) return undefined;
  return [...(isStandard ? [] : names), ...seeds.map((seed) => `seed${seed}`)].join("+");
}

/** Whether a report is of the fastest netlist without wires, on the standard work: what tables, plots and ratios are made from. */
function isPlain(report: Measured): boolean {
  return report.targetMHz === undefined && !hasWires(report) && otherWork(report) === undefined;
}

/** The fastest netlist of a module without wires, in one technology. */
export function plainReport(reports: readonly Report[], tech: string, unit: string): Report | undefined {
  return reports.find((report) => report.tech === tech && report.unit === unit && isPlain(report));
}

/** Technologies that reports are of, in the order of their first ones. */
export function techsOf(reports: readonly Measured[]): readonly string[] {
  return [...new Set(reports.map((report) => report.tech))];
}

/** The workloads that reports have results of, in the order of their first ones. */
export function workloadsOf(reports: readonly Measured[]): readonly string[] {
  return [...new Set(reports.flatMap((report) => report.results ?? []).map((result) => result.workload))];
}

export function resultAtFmax(report: Measured, workload = headlineWorkload): Result | undefined {
  return report.results?.find((result) => result.workload === workload && result.atMHz === report.fmaxMHz);
}

/** At the frequency that all designs of a technology share; undefined where this one does not reach it. */
export function resultAtCommon(report: Measured, workload = headlineWorkload): Result | undefined {
  return report.results?.find((result) => result.workload === workload && result.atMHz === report.commonMHz);
}

/** What the design gets done at its highest frequency, vectors back to back: elements per nanosecond. */
export function elementsPerNs(report: Measured, workload = headlineWorkload): number | undefined {
  const result = resultAtFmax(report, workload);
  return result && (report.elements * result.atMHz) / (result.streaming.cyclesPerVector * 1000);
}

/** Area for each element per nanosecond: what the same throughput takes, square micrometres. */
export function areaPerThroughput(report: Measured): number | undefined {
  const throughput = elementsPerNs(report);
  return throughput === undefined ? undefined : report.areaUm2 / throughput;
}

/** The quotient, where both are known. */
export function quotient(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || below === undefined ? undefined : above / below;
}
