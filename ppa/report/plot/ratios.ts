import type { TopLevelSpec } from "vega-lite";
import { papersPair, unitLabel } from "../../families/index.ts";
import { figureText } from "../metrics.ts";
import type { PaperTable } from "../../families/papers.ts";
import type { Pair, RatioRow } from "../ratios.ts";
import type { Plot } from "./plot.ts";
import { ink, seriesColours } from "./theme.ts";
import { logTicks } from "./ticks.ts";

interface Ratio {
  readonly metric: string;
  readonly series: string;
  readonly ratio: number;
  readonly label: string;
}

/** Softmax's ratios as the papers form them: the paper's and ours, on one logarithmic axis. */
export function ratiosPlot(
  paper: PaperTable,
  tech: string,
  pairs: readonly Pair[],
  rows: readonly RatioRow[],
): Plot | undefined {
  const series = [
    `paper, ${unitLabel(papersPair.above)} : ${unitLabel(papersPair.by)}`,
    ...pairs.map(({ title }) => title),
  ];
  const ratios = rows.flatMap(({ title, paper: printed, ours }) =>
    [printed, ...ours].flatMap((ratio, i): Ratio[] =>
      ratio === undefined ? [] : [{ metric: title, series: series[i] ?? "", ratio, label: figureText(ratio) }],
    ),
  );
  if (ratios.length === 0) return undefined;
  return {
    name: `ratios-${tech}`,
    title: `Softmax against what replaces it, ${tech}`,
    description: `how many times worse softmax is, beside ${paper.cite} (${paper.node}); left of 1 it is better; logarithmic axis.`,
    spec: ratiosSpec(ratios, series),
  };
}

/** For each metric a group of rows: from 1 to the ratio a line, and the ratio at its end. */
function ratiosSpec(ratios: readonly Ratio[], series: readonly string[]): TopLevelSpec {
  const metrics = [...new Set(ratios.map(({ metric }) => metric))];
  const ticks = logTicks([1, ...ratios.map(({ ratio }) => ratio)]);
  const groups = metrics.map((metric) => {
    const isLast = metric === metrics.at(-1);
    return ratioGroup(
      metric,
      ratios.filter((ratio) => ratio.metric === metric),
      series,
      {
        field: "ratio",
        type: "quantitative",
        title: isLast ? "softmax : the other (times)" : null,
        scale: { type: "log", nice: false, domain: [ticks[0], ticks.at(-1)] },
        axis: { values: [...ticks], format: "~g", labelOverlap: false, labels: isLast, domain: isLast, ticks: isLast },
      },
    );
  });
  return { spacing: 8, vconcat: groups } as TopLevelSpec;
}

function ratioGroup(metric: string, ratios: readonly Ratio[], series: readonly string[], x: object): object {
  const range = series.map((_, i) => (i === 0 ? ink : (seriesColours[i - 1] ?? ink)));
  const colour = { field: "series", type: "nominal", scale: { domain: series, range }, legend: null };
  const y = {
    field: "series",
    type: "nominal",
    sort: series,
    title: null,
    // Of equal width in all groups, so that they stand below one another.
    axis: { domain: false, ticks: false, labelLimit: 0, labelPadding: 8, minExtent: 150, maxExtent: 150 },
  };
  return {
    title: { text: metric, fontSize: 12, offset: 4 },
    width: 480,
    height: { step: 18 },
    data: { values: ratios.map((ratio) => ({ ...ratio, one: 1, end: Math.max(ratio.ratio, 1) })) },
    encoding: { y },
    layer: [
      { mark: { type: "rule", strokeWidth: 2 }, encoding: { x, x2: { field: "one" }, color: colour } },
      { mark: { type: "point", filled: true, size: 60, opacity: 1 }, encoding: { x, color: colour } },
      {
        mark: { type: "text", align: "left", dx: 8 },
        encoding: { x: { ...x, field: "end" }, text: { field: "label" } },
      },
    ],
  };
}
