import { comparison } from "./comparison.ts";
import { heading, text, type Block } from "./document.ts";
import { fusionSection } from "./fusion.ts";
import { glitchSection, type GlitchFigures } from "./glitch-section.ts";
import { headlineFigures } from "./headline.ts";
import { leftOut, whereNumbersAre } from "./left-out.ts";
import { paperTables } from "../families/papers.ts";
import { techsOf } from "./results.ts";
import type { Report } from "./schema.ts";
import type { Sweep } from "./sweep.ts";
import { sweepSection } from "./sweep-section.ts";
import { technologySection } from "./technology-section.ts";
import { inOrder } from "./technologies.ts";
import { wiresSection } from "./wires.ts";
import { workloadSection } from "./workload-section.ts";

/** What the pages are made from. */
export interface Sources {
  readonly reports: readonly Report[];
  readonly sweeps: readonly Sweep[];
  /** Undefined where they were not measured. */
  readonly glitches?: GlitchFigures | undefined;
}

/** What both pages say of what is in a folder. */
export function summaryBlocks({ reports, sweeps, glitches }: Sources): readonly Block[] {
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
    ...glitchSection(glitches),
    ...workloadSection(reports),
    ...inOrder(techsOf(reports)).flatMap((tech) => technologySection(tech, reports)),
    ...whereNumbersAre(),
  ];
}
