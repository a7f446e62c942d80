import { metricValue, notGiven, ratioTitle, ratioValue } from "./metrics.ts";
import type { Metric, PaperTable } from "../families/papers.ts";
import { plainReport } from "./results.ts";
import type { Report } from "./schema.ts";
import { designTitle, pairs, papersPair } from "../families/index.ts";

/** Softmax and what replaces it, both measured. */
export interface Pair {
  readonly title: string;
  readonly above: Report;
  readonly by: Report;
}

/** How many times worse softmax is in one metric: in the paper, and for each pair of ours. */
export interface RatioRow {
  readonly title: string;
  readonly paper: number | undefined;
  readonly ours: readonly (number | undefined)[];
}

export function pairsOf(tech: string, reports: readonly Report[]): readonly Pair[] {
  return pairs.flatMap((pair): Pair[] => {
    const [above, by] = [plainReport(reports, tech, pair.above), plainReport(reports, tech, pair.by)];
    if (above === undefined || by === undefined) return [];
    return [{ title: `${designTitle(pair.above)} : ${designTitle(pair.by)}`, above, by }];
  });
}

/** The ratios as the papers form them: unit against unit, each at its own frequency. */
export function ratioRows(paper: PaperTable, measured: readonly Pair[]): readonly RatioRow[] {
  return paper.rows.flatMap(({ metric }): RatioRow[] => {
    const title = ratioTitle(metric);
    if (title === undefined) return [];
    const ours = measured.map(({ above, by }) =>
      ratioValue(metric, metricValue(metric, above), metricValue(metric, by)),
    );
    return [{ title, paper: paperRatio(paper, metric), ours }];
  });
}

/** How many times worse the paper's softmax is than its ReLU. */
export function paperRatio(paper: PaperTable, metric: Metric): number | undefined {
  const row = paper.rows.find((candidate) => candidate.metric === metric);
  const [above, by] = [row?.figures[papersPair.above], row?.figures[papersPair.by]];
  const ratio = ratioValue(metric, printed(above), printed(by));
  return ratio && Number(ratio.toPrecision(Math.min(digits(above), digits(by))));
}

/** A paper's ratio with the digits that it has. */
export const paperText = (ratio: number | undefined): string => (ratio === undefined ? notGiven : String(ratio));

const printed = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** Significant digits of a printed number: a quotient has no more than its parts. */
const digits = (text = ""): number => text.replace(".", "").replace(/^0+/, "").length;
