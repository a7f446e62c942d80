import type { Block, Figure } from "./document.ts";
import { areaPerRate, energyPerElement, throughputRatio, type ThroughputMetric } from "./equal-throughput.ts";
import { fusionRatio } from "./fusion.ts";
import { figureText, metricValue } from "./metrics.ts";
import { paperTables, type Metric } from "./papers.ts";
import { pairsOf, paperRatio, paperText, type Pair } from "./ratios.ts";
import { headlineWorkload, quotient, techsOf } from "./results.ts";
import type { Report } from "./schema.ts";
import { inOrder } from "./units.ts";

type Value = Figure["values"][number];

/** A ratio to be seen first, for whatever technologies have it. */
interface Headline {
  readonly label: string;
  readonly note: string;
  readonly ofTech: (tech: string, reports: readonly Report[]) => number | undefined;
  readonly papers: readonly Value[];
}

/** The ratios that answer what the papers ask; those that nothing was measured for are not there. */
export function headlineFigures(reports: readonly Report[]): Block[] {
  // The finest process first: it is the nearest to what would be built.
  const techs = inOrder(techsOf(reports)).toReversed();
  const items = headlines().flatMap(({ label, note, ofTech, papers }): Figure[] => {
    const measured = techs.flatMap((tech) => valueAt(tech, ofTech(tech, reports)));
    return measured.length === 0 ? [] : [{ label, note, values: [...measured, ...papers] }];
  });
  return items.length === 0 ? [] : [{ kind: "figures", items }];
}

const valueAt = (where: string, value: number | undefined): Value[] =>
  value === undefined ? [] : [{ where, value: figureText(value) }];

function headlines(): readonly Headline[] {
  return [
    {
      label: "FLARE : FIRE+ReLU, energy per element",
      note: `workload ${headlineWorkload}, the fastest netlists at the common frequency; below 1 FLARE saves`,
      ofTech: (tech, reports) => fusionRatio(reports, tech, headlineWorkload),
      papers: [],
    },
    papersWay("softmax x1 : ReLU x8, area", "as the papers compare", ["areaUm2", "areaMm2"]),
    papersWay("softmax x1 : ReLU x8, energy per 1,024 elements", "as the papers compare", ["energyNj"]),
    equally("softmax x8 : ReLU x8, energy per element", "relu_bf16_x8", energyPerElement),
    equally("softmax x8 : FLARE x8, energy per element", "flare_bf16_x8", energyPerElement),
    equally("softmax x8 : FLARE x8, area", "flare_bf16_x8", areaPerRate),
  ];
}

/** The papers' comparison, by metrics that are one quantity in different units. */
function papersWay(label: string, note: string, metrics: readonly [Metric, ...Metric[]]): Headline {
  const value = (report: Report): number | undefined => metricValue(metrics[0], report);
  return {
    label,
    note,
    ofTech: (tech, reports) => {
      const pair = pairNamed(tech, reports, "softmax_bf16_x1", "relu_bf16_x8");
      return pair && quotient(value(pair.softmax), value(pair.other));
    },
    papers: paperTables.flatMap((paper) =>
      metrics.flatMap((metric): Value[] => {
        const ratio = paperRatio(paper, metric);
        return ratio === undefined ? [] : [{ where: `paper, ${paper.node}`, value: paperText(ratio) }];
      }),
    ),
  };
}

function equally(label: string, by: string, metric: ThroughputMetric): Headline {
  return {
    label,
    note: "at equal throughput",
    ofTech: (tech, reports) => {
      const pair = pairNamed(tech, reports, "softmax_bf16_x8", by);
      return pair && throughputRatio(metric, pair);
    },
    papers: [],
  };
}

const pairNamed = (tech: string, reports: readonly Report[], softmax: string, by: string): Pair | undefined =>
  pairsOf(tech, reports).find((pair) => pair.softmax.unit === softmax && pair.other.unit === by);
