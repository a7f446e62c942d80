import type { Block, Figure } from "./document.ts";
import { areaPerRate, energyPerElement, throughputRatio, type ThroughputMetric } from "./equal-throughput.ts";
import { fusionRatio } from "./fusion.ts";
import { figureText, metricValue } from "./metrics.ts";
import { paperTables, type Metric } from "./papers.ts";
import { pairsOf, paperRatio, type Pair } from "./ratios.ts";
import { headlineWorkload, quotient, techsOf } from "./results.ts";
import type { Report } from "./schema.ts";
import { inOrder } from "./units.ts";

/** A ratio to be seen first, for whatever technologies have it. */
interface Headline {
  readonly label: string;
  readonly note: string;
  readonly ofTech: (tech: string, reports: readonly Report[]) => number | undefined;
  readonly papers: readonly string[];
}

/** The ratios that answer what the papers ask; those that nothing was measured for are not there. */
export function headlineFigures(reports: readonly Report[]): Block[] {
  // The finest process first: it is the nearest to what would be built.
  const techs = inOrder(techsOf(reports)).toReversed();
  const items = headlines().flatMap((headline) => figureOf(headline, techs, reports) ?? []);
  return items.length === 0 ? [] : [{ kind: "figures", items }];
}

function figureOf(headline: Headline, techs: readonly string[], reports: readonly Report[]): Figure | undefined {
  const found = techs.flatMap((tech) => {
    const value = headline.ofTech(tech, reports);
    return value === undefined ? [] : [{ tech, value: figureText(value) }];
  });
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  const rest = [...others.map(({ tech, value }) => `${tech} ${value}`), ...headline.papers];
  return {
    value: first.value,
    label: headline.label,
    note: [`${first.tech}; ${headline.note}`, ...(rest.length === 0 ? [] : [rest.join(", ")])].join(". "),
  };
}

function headlines(): readonly Headline[] {
  return [
    {
      label: "FLARE : FIRE+ReLU, energy per element",
      note: `workload ${headlineWorkload}, at the common frequency; below 1 the fusion saves`,
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
      metrics
        .map((metric) => paperRatio(paper, metric))
        .filter((ratio) => ratio !== undefined)
        .map((ratio) => `the paper's ${paper.node} ${figureText(ratio)}`),
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
