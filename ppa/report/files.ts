import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readIfExists, writeIfChanged } from "../../gen/host/files.ts";
import { messageOf, UserError } from "../../gen/host/user-error.ts";
import { reportSchema, type Report } from "./schema.ts";

/** Where a report belongs: the smallest netlist for a frequency has a file of its own beside the fastest one's. */
export function reportPath(folder: string, report: Pick<Report, "tech" | "unit" | "targetMHz">): string {
  const suffix = report.targetMHz === undefined ? "" : `@${report.targetMHz}MHz`;
  return join(folder, report.tech, `${report.unit}${suffix}.json`);
}

/** Writes a report whole, unless it is there already; says whether it wrote. */
export function writeReport(folder: string, report: Report): boolean {
  return writeIfChanged(reportPath(folder, report), printReport(report));
}

/** The text of a report: keys in the schema's order, one line for each point of a path or front. */
export function printReport(report: Report): string {
  const lines = Object.entries(reportSchema.parse(report)).map(([key, value]) => {
    const isTable = Array.isArray(value) && value.length > 0;
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
  try {
    return reportSchema.parse(JSON.parse(readIfExists(path) ?? ""));
  } catch (thrown) {
    throw new UserError(`${path} is not a report: ${messageOf(thrown)}; make it again with \`npm run ppa\``);
  }
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
