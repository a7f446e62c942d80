import type { TopLevelSpec } from "vega-lite";
import { figureText } from "../metrics.ts";
import type { PaperTable } from "../papers.ts";
import type { Pair, RatioRow } from "../ratios.ts";
import type { Plot } from "./plot.ts";
import { ink, seriesColours, seriesShapes } from "./theme.ts";

/** Softmax's ratios as the papers form them: the paper's and ours, on one logarithmic axis. */
export function ratiosPlot(
  paper: PaperTable,
  tech: string,
  pairs: readonly Pair[],
  rows: readonly RatioRow[],
): Plot | undefined {
  if (pairs.length === 0) return undefined;
  const series = [`paper (${paper.node}): softmax : ReLU`, ...pairs.map(({ title }) => title)];
  const values = rows.flatMap(({ title, paper: printed, ours }) =>
    [printed, ...ours].flatMap((ratio, i) =>
      ratio === undefined ? [] : [{ metric: title, series: series[i], ratio, label: figureText(ratio) }],
    ),
  );
  return {
    name: `ratios-${tech}`,
    title: `Softmax against what replaces it, ${tech}`,
    description: `how many times worse softmax is, beside ${paper.cite}; logarithmic axis.`,
    spec: ratiosSpec(values, series),
  };
}

function ratiosSpec(values: readonly object[], series: readonly string[]): TopLevelSpec {
  const scale = {
    domain: series,
    range: series.map((_, i) => (i === 0 ? ink : (seriesColours[(i - 1) % (seriesColours.length - 1)] ?? ink))),
  };
  const shapes = { domain: series, range: series.map((_, i) => seriesShapes[i % seriesShapes.length] ?? "circle") };
  const legend = { title: null, columns: 3 };
  const x = {
    type: "quantitative",
    scale: { type: "log", nice: false, padding: 30 },
    axis: { values: [0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000], format: "~g" },
    title: "softmax : the other (times)",
  };
  const place = {
    y: {
      field: "metric",
      type: "nominal",
      sort: null,
      title: null,
      scale: { paddingInner: 0.35, paddingOuter: 0.15 },
      axis: { labelFontSize: 12, labelLimit: 320, domain: false, ticks: false, grid: false },
    },
    yOffset: { field: "series", type: "nominal", sort: series },
    x: { ...x, field: "ratio" },
  };
  return {
    width: 480,
    height: { step: 17 },
    data: { values },
    layer: [
      { mark: { type: "rule", strokeDash: [3, 3], color: ink }, encoding: { x: { ...x, datum: 1 } } },
      {
        mark: { type: "point", filled: true, size: 65, opacity: 1 },
        encoding: {
          ...place,
          color: { field: "series", type: "nominal", scale, sort: series, legend },
          shape: { field: "series", type: "nominal", scale: shapes, sort: series, legend },
        },
      },
      { mark: { type: "text", align: "left", dx: 8, dy: 0.5 }, encoding: { ...place, text: { field: "label" } } },
    ],
  } as TopLevelSpec;
}
