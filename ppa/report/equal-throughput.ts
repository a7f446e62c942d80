import { table, text, type Block } from "./document.ts";
import { figureText } from "./metrics.ts";
import type { Pair } from "./ratios.ts";
import { areaPerThroughput, quotient, resultAtFmax } from "./results.ts";
import type { Report } from "./schema.ts";

/** What the same work costs, however many units of either kind it takes. */
export interface ThroughputMetric {
  readonly title: string;
  readonly of: (report: Report) => number | undefined;
}

export const energyPerElement: ThroughputMetric = {
  title: "Energy per element, times higher",
  of: (report) => resultAtFmax(report)?.streaming.energyPerElementPj,
};

export const areaPerRate: ThroughputMetric = {
  title: "Area for the same elements per second, times larger",
  of: areaPerThroughput,
};

export const throughputRatio = (metric: ThroughputMetric, { above, by }: Pair): number | undefined =>
  quotient(metric.of(above), metric.of(by));

/** Softmax against the others where both process as many elements per second. */
export function equalThroughput(pairs: readonly Pair[]): Block[] {
  return [
    table(
      ["at equal throughput", ...pairs.map(({ title }) => title)],
      [energyPerElement, areaPerRate].map((metric) => [
        metric.title,
        ...pairs.map((pair) => figureText(throughputRatio(metric, pair))),
      ]),
    ),
    text(
      "At equal throughput each side is as many units as give the same elements per second, every unit at its own fmax and vectors back to",
      "back (softmax's two passes overlap). The paper gives no such figures. ReLU at fmax is little more than a register: with registers at its",
      "inputs as well (`relu_bf16_x8_s2`) it is slower, and its lead in area is smaller.",
    ),
  ];
}
