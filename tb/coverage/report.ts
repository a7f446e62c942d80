import { ReportFiles, withEarlierTime } from "../report-files.ts";
import { renderCoverage } from "./render.ts";
import { coverageSchema, type Coverage } from "./schema.ts";

export const coverageReport = new ReportFiles({
  name: "coverage",
  schema: coverageSchema,
  subject: "coverage",
  command: "npm run coverage",
  render: renderCoverage,
});

/** Writes both files into a folder; says how many changed. */
export function writeReport(folder: string, fresh: Coverage): number {
  return coverageReport.write(folder, withEarlierTime(fresh, coverageReport.find(folder)));
}
