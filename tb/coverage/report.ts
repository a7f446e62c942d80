import { join } from "node:path";
import { ensureFolder, readIfExists, writeIfChanged } from "../../gen/host/files.ts";
import { printStored, readStored } from "../../gen/host/stored.ts";
import { renderCoverage } from "./render.ts";
import { coverageSchema, type Coverage } from "./schema.ts";

/** The text of `coverage.json`. */
export function printCoverage(report: Coverage): string {
  return printStored(coverageSchema, report);
}

export function readCoverage(path: string): Coverage {
  return readStored(
    path,
    coverageSchema,
    "is no report of coverage",
    "remove it, and make it again with `npm run coverage`",
  );
}

/** Writes both files into a folder; says how many changed. */
export function writeReport(folder: string, fresh: Coverage): number {
  ensureFolder(folder);
  const path = join(folder, "coverage.json");
  const report = readIfExists(path) === undefined ? fresh : withEarlierTime(fresh, readCoverage(path));
  const files = [
    ["coverage.json", printCoverage(report)],
    ["coverage.md", renderCoverage(report)],
  ] as const;
  return files.filter(([name, text]) => writeIfChanged(join(folder, name), text)).length;
}

/** No two runs take the same time: without news in the rest, the earlier figure stands. */
function withEarlierTime(now: Coverage, old: Coverage): Coverage {
  const sameAgain = { ...now, measured: old.measured };
  return printCoverage(sameAgain) === printCoverage(old) ? old : now;
}
