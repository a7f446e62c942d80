import { heading, table, text, type Block } from "./document.ts";
import { figureText } from "./metrics.ts";
import { plainReport, resultAtCommon, techsOf, workloadsOf } from "./results.ts";
import type { Report, Result } from "./schema.ts";
import { designOf, fusion } from "../families/index.ts";
import { inOrder } from "./technologies.ts";

const [fusedDesign, unfusedDesign] = [designOf(fusion.fused), designOf(fusion.unfused)];

/** FLARE and FIRE+ReLU on one workload at one frequency: they compute the same. */
export interface FusionRow {
  readonly tech: string;
  readonly workload: string;
  readonly fused: Result;
  readonly unfused: Result;
  /** Energy per element of an isolated vector, fused : unfused. */
  readonly ratio: number;
  /** The same of vectors back to back. */
  readonly streamingRatio: number;
}

/** Every workload that both have been measured on at their technology's common frequency. */
export function fusionRows(reports: readonly Report[]): readonly FusionRow[] {
  return inOrder(techsOf(reports)).flatMap((tech) => {
    const [fused, unfused] = [plainReport(reports, tech, fusedDesign), plainReport(reports, tech, unfusedDesign)];
    if (fused === undefined || unfused === undefined) return [];
    return workloadsOf([fused]).flatMap((workload) => fusionRow(tech, workload, fused, unfused) ?? []);
  });
}

function fusionRow(tech: string, workload: string, above: Report, below: Report): FusionRow | undefined {
  const [fused, unfused] = [resultAtCommon(above, workload), resultAtCommon(below, workload)];
  if (fused === undefined || unfused === undefined || fused.atMHz !== unfused.atMHz) return undefined;
  return {
    tech,
    workload,
    fused,
    unfused,
    ratio: fused.energyPerElementPj / unfused.energyPerElementPj,
    streamingRatio: fused.streaming.energyPerElementPj / unfused.streaming.energyPerElementPj,
  };
}

export function fusionSection(reports: readonly Report[]): Block[] {
  const rows = fusionRows(reports);
  if (rows.length === 0) return [];
  return [
    heading(2, "FLARE against FIRE+ReLU: fusion, and what it allows to hold still"),
    text(
      "Both add the position bias and apply ReLU, bit for bit alike, in eight lanes and equally many stages; FLARE decides first whether the sum is",
      "positive and adds only then. The registers of FLARE behind the comparison hold where the result is 0, and their clock stops where the",
      "technology has clock gates (osu018 has none): the gain is that of fusion, operand isolation and gating together; FIRE+ReLU has nothing to",
      "hold. Energy per element at each technology's common frequency, of the netlist that is the fastest (one made for that frequency would",
      "take less); a ratio below 1 is FLARE's gain.",
    ),
    table(
      [
        "",
        "workload",
        "MHz",
        "FIRE+ReLU x8 (pJ)",
        "FLARE x8 (pJ)",
        "ratio",
        "streaming: FIRE+ReLU x8 (pJ)",
        "streaming: FLARE x8 (pJ)",
        "streaming: ratio",
      ],
      rows.map(({ tech, workload, fused, unfused, ratio, streamingRatio }) => [
        tech,
        workload,
        String(fused.atMHz),
        figureText(unfused.energyPerElementPj),
        figureText(fused.energyPerElementPj),
        figureText(ratio),
        figureText(unfused.streaming.energyPerElementPj),
        figureText(fused.streaming.energyPerElementPj),
        figureText(streamingRatio),
      ]),
    ),
    text(`FIRE+ReLU is \`${unfusedDesign}\`, FLARE \`${fusedDesign}\`.`, isolatedNote),
  ];
}

const isolatedNote =
  "Isolated: one vector of 1,024 elements, the cycles in which the pipeline fills and drains counted; streaming: vectors back to back.";

/** The ratio on one workload, in one technology. */
export function fusionRatio(reports: readonly Report[], tech: string, workload: string): number | undefined {
  return fusionRows(reports).find((row) => row.tech === tech && row.workload === workload)?.ratio;
}
