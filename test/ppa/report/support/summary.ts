import { printMarkdown } from "../../../../ppa/report/markdown.ts";
import type { Report } from "../../../../ppa/report/schema.ts";
import { summaryBlocks } from "../../../../ppa/report/summary.ts";
import type { Sweep } from "../../../../ppa/report/sweep.ts";

/** `summary.md` of these alone. */
export function renderSummary(reports: readonly Report[], sweeps: readonly Sweep[] = []): string {
  return printMarkdown(summaryBlocks({ reports, sweeps }));
}
