import { comparison } from "./comparison.ts";
import { heading, text, type Block } from "./document.ts";
import { fusionSection } from "./fusion.ts";
import { headlineFigures } from "./headline.ts";
import { leftOut, whereNumbersAre } from "./left-out.ts";
import { printMarkdown } from "./markdown.ts";
import { paperTables } from "./papers.ts";
import { techsOf } from "./results.ts";
import type { Report } from "./schema.ts";
import type { Sweep } from "./sweep.ts";
import { sweepSection } from "./sweep-section.ts";
import { technologySection } from "./technology-section.ts";
import { inOrder } from "./units.ts";
import { wiresSection } from "./wires.ts";
import { workloadSection } from "./workload-section.ts";

/** What both pages say of the reports and sweeps of a folder. */
export function summaryBlocks(reports: readonly Report[], sweeps: readonly Sweep[] = []): readonly Block[] {
  return [
    heading(1, "Area, timing, power and energy"),
    text("Rendered by `npm run ppa` from the JSON files beside it; not edited by hand."),
    text(
      "Hardware units that replace softmax in attention (ReLU, FIRE+ReLU, FLARE), and softmax itself, in open cell libraries, beside the tables of",
      "the FLARE papers. Ratios first: absolute figures of different processes do not compare.",
    ),
    ...headlineFigures(reports),
    ...leftOut(),
    ...paperTables.flatMap((paper) => paper.beside.flatMap((tech) => comparison(paper, tech, reports))),
    ...fusionSection(reports),
    ...sweepSection(sweeps),
    ...wiresSection(reports),
    ...workloadSection(reports),
    ...inOrder(techsOf(reports)).flatMap((tech) => technologySection(tech, reports)),
    ...whereNumbersAre(),
  ];
}

/** `reports/summary.md`: equal reports give equal text. */
export function renderSummary(reports: readonly Report[], sweeps: readonly Sweep[] = []): string {
  return printMarkdown(summaryBlocks(reports, sweeps));
}
