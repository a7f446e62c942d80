import { renewed, ReportFiles } from "../report-files.ts";
import { renderFormal } from "./render.ts";
import { formalSchema, type Formal } from "./schema.ts";

export const formalReport = new ReportFiles({
  name: "formal",
  schema: formalSchema,
  subject: "formal proofs",
  command: "npm run formal",
  render: renderFormal,
});

/**
 * Brings the report in a folder up to date with proofs that were just made; the other proofs of `known` keep their entries. Says
 * how many of the two files changed.
 */
export function updateReport(folder: string, fresh: Formal, known: readonly string[]): number {
  const before = formalReport.find(folder)?.proofs ?? [];
  return formalReport.write(folder, { ...fresh, proofs: renewed(before, fresh.proofs, known) });
}
