import type { Block, Figure } from "./document.ts";
import { areaPerRate, energyPerElement, throughputRatio, type ThroughputMetric } from "./equal-throughput.ts";
import type { Unit } from "../../gen/families/index.ts";
import { designOf, designTitle, fusion, pairs, papersPair } from "../families/index.ts";
import { fusionRatio } from "./fusion.ts";
import { figureText, metricValue } from "./metrics.ts";
import { paperTables, type Metric } from "../families/papers.ts";
import { pairsOf, paperRatio, paperText, type Pair } from "./ratios.ts";
import { headlineWorkload, quotient, techsOf } from "./results.ts";
import type { Report } from "./schema.ts";
import { inOrder } from "./technologies.ts";

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
    papersWay("area", "as the papers compare", ["areaUm2", "areaMm2"]),
    papersWay("energy per 1,024 elements", "as the papers compare", ["energyNj"]),
    equally(papersPair.by, "energy per element", energyPerElement),
    equally(fusion.fused, "energy per element", energyPerElement),
    equally(fusion.fused, "area", areaPerRate),
  ];
}

/** The papers' comparison, by metrics that are one quantity in different units. */
function papersWay(what: string, note: string, metrics: readonly [Metric, ...Metric[]]): Headline {
  const value = (report: Report): number | undefined => metricValue(metrics[0], report);
  const [above, by] = [designOf(papersPair.above), designOf(papersPair.by)];
  return {
    label: labelOf(above, by, what),
    note,
    ofTech: (tech, reports) => {
      const pair = pairNamed(tech, reports, above, by);
      return pair && quotient(value(pair.above), value(pair.by));
    },
    papers: paperTables.flatMap((paper) =>
      metrics.flatMap((metric): Value[] => {
        const ratio = paperRatio(paper, metric);
        return ratio === undefined ? [] : [{ where: `paper, ${paper.node}`, value: paperText(ratio) }];
      }),
    ),
  };
}

/** Lane for lane. */
function equally(unit: Unit, what: string, metric: ThroughputMetric): Headline {
  const by = designOf(unit);
  const above = pairs.findLast((pair) => pair.by === by)?.above ?? by;
  return {
    label: labelOf(above, by, what),
    note: "at equal throughput",
    ofTech: (tech, reports) => {
      const pair = pairNamed(tech, reports, above, by);
      return pair && throughputRatio(metric, pair);
    },
    papers: [],
  };
}

const labelOf = (above: string, by: string, what: string): string =>
  `${designTitle(above)} : ${designTitle(by)}, ${what}`;

const pairNamed = (tech: string, reports: readonly Report[], above: string, by: string): Pair | undefined =>
  pairsOf(tech, reports).find((pair) => pair.above.unit === above && pair.by.unit === by);
