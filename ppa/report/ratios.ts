import { metricValue, notGiven, ratioTitle, ratioValue } from "./metrics.ts";
import type { Metric, PaperTable } from "./papers.ts";
import { plainReport } from "./results.ts";
import type { Report } from "./schema.ts";
import { softmaxPairs, unitTitle } from "./units.ts";

/** Softmax and what replaces it, both measured. */
export interface Pair {
  readonly title: string;
  readonly softmax: Report;
  readonly other: Report;
}

/** How many times worse softmax is in one metric: in the paper, and for each pair of ours. */
export interface RatioRow {
  readonly title: string;
  readonly paper: number | undefined;
  readonly ours: readonly (number | undefined)[];
}

export function pairsOf(tech: string, reports: readonly Report[]): readonly Pair[] {
  return softmaxPairs.flatMap(({ softmax: above, by }): Pair[] => {
    const [softmax, other] = [plainReport(reports, tech, above), plainReport(reports, tech, by)];
    if (softmax === undefined || other === undefined) return [];
    return [{ title: `${unitTitle(above)} : ${unitTitle(by)}`, softmax, other }];
  });
}

/** The ratios as the papers form them: unit against unit, each at its own frequency. */
export function ratioRows(paper: PaperTable, pairs: readonly Pair[]): readonly RatioRow[] {
  return paper.rows.flatMap(({ metric }): RatioRow[] => {
    const title = ratioTitle(metric);
    if (title === undefined) return [];
    const ours = pairs.map(({ softmax, other }) =>
      ratioValue(metric, metricValue(metric, softmax), metricValue(metric, other)),
    );
    return [{ title, paper: paperRatio(paper, metric), ours }];
  });
}

/** How many times worse the paper's softmax is than its ReLU. */
export function paperRatio(paper: PaperTable, metric: Metric): number | undefined {
  const row = paper.rows.find((candidate) => candidate.metric === metric);
  const ratio = ratioValue(metric, printed(row?.softmax), printed(row?.relu));
  return ratio && Number(ratio.toPrecision(Math.min(digits(row?.softmax), digits(row?.relu))));
}

/** A paper's ratio with the digits that it has. */
export const paperText = (ratio: number | undefined): string => (ratio === undefined ? notGiven : String(ratio));

const printed = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** Significant digits of a printed number: a quotient has no more than its parts. */
const digits = (text = ""): number => text.replace(".", "").replace(/^0+/, "").length;
