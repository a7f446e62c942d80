import { readdirSync } from "node:fs";
import { join } from "node:path";
import { writeIfChanged } from "../../gen/host/files.ts";
import { readStored } from "../../gen/host/stored.ts";
import { hasWires, otherWork } from "./results.ts";
import { reportSchema, type Report } from "./schema.ts";

type Identity = Pick<Report, "tech" | "unit" | "targetMHz" | "wireFfPerFanout" | "activity">;

/** Where a report belongs. */
export function reportPath(folder: string, report: Identity): string {
  return join(folder, report.tech, `${reportName(report)}.json`);
}

/**
 * What tells a report from the others of its technology: netlists with wires (`+wires0.24`), other workloads or seeds
 * (`+sparsity50`), and the smallest netlist for a frequency (`@500MHz`) stand beside the fastest one without wires.
 */
export function reportName(report: Identity): string {
  const wires = hasWires(report) ? `+wires${report.wireFfPerFanout ?? 0}` : "";
  const work = otherWork(report)?.replace(/[^\w.+-]/g, "");
  const target = report.targetMHz === undefined ? "" : `@${report.targetMHz}MHz`;
  return `${report.unit}${wires}${work === undefined ? "" : `+${work}`}${target}`;
}

/** Writes a report whole, unless it is there already; says whether it wrote. */
export function writeReport(folder: string, report: Report): boolean {
  return writeIfChanged(reportPath(folder, report), printReport(report));
}

/** The text of a report: keys in the schema's order, one line for each point of a path or front. */
export function printReport(report: Report): string {
  return printRows(reportSchema.parse(report));
}

/** An object as JSON, one line for each key and for each entry of a list. */
export function printRows(record: object): string {
  const lines = Object.entries(record).map(([key, value]: [string, unknown]) => {
    const isTable = Array.isArray(value) && value.some((row) => typeof row === "object");
    const printed = isTable
      ? `[\n${value.map((row) => `    ${JSON.stringify(row)}`).join(",\n")}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${printed}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** Every report of a folder, in the order of technologies' and modules' names. */
export function readReports(folder: string): readonly Report[] {
  return foldersIn(folder).flatMap((tech) =>
    readdirSync(join(folder, tech))
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => readReport(join(folder, tech, name))),
  );
}

export function readReport(path: string): Report {
  return readStored(path, reportSchema, "is not a report", "make it again with `npm run ppa`");
}

/** What is rendered from reports, and studies that change parameters, are no technologies. */
const notTechnologies = ["plots", "sweeps"];

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => !notTechnologies.includes(name))
    .sort();
}
