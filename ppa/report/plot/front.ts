import type { TopLevelSpec } from "vega-lite";
import { seriesScale } from "./theme.ts";
import { logTicks } from "./ticks.ts";

/** A design among others of its series. */
export interface FrontPoint {
  readonly series: string;
  readonly x: number;
  readonly y: number;
  /** Stands beside the point. */
  readonly label: string;
}

interface FrontAxes {
  readonly x: string;
  readonly y: string;
  readonly yScale: "log" | "linear";
  readonly legend?: string;
}

/** Something against frequency: a line and symbols for each series, in the order in which the points come. */
export function frontSpec(points: readonly FrontPoint[], axes: FrontAxes): TopLevelSpec {
  const names = [...new Set(points.map(({ series }) => series))];
  const { colour, shape } = seriesScale(names);
  const legend = { title: axes.legend ?? null, columns: 6 };
  const ys = points.map(({ y }) => y);
  return {
    width: 620,
    height: 340,
    data: { values: points.map((point, order) => ({ ...point, order })) },
    encoding: {
      x: { field: "x", type: "quantitative", title: axes.x, ...logarithmic(points.map(({ x }) => x)) },
      y: {
        field: "y",
        type: "quantitative",
        title: axes.y,
        ...(axes.yScale === "log" ? logarithmic(ys) : { scale: { zero: true }, axis: { tickCount: 6 } }),
      },
      color: { field: "series", type: "nominal", scale: colour, sort: names, legend },
    },
    layer: [
      { mark: { type: "line", strokeWidth: 1.5 }, encoding: { order: { field: "order", type: "quantitative" } } },
      {
        mark: { type: "point", filled: true, size: 55, opacity: 1 },
        encoding: { shape: { field: "series", type: "nominal", scale: shape, sort: names, legend } },
      },
      {
        transform: [{ filter: "datum.label !== ''" }],
        mark: { type: "text", align: "left", dx: 7, dy: -7 },
        encoding: { text: { field: "label" } },
      },
    ],
  } as TopLevelSpec;
}

/** An axis from tick to tick, around the values. */
function logarithmic(values: readonly number[]): object {
  const ticks = logTicks(values);
  return {
    scale: { type: "log", nice: false, domain: [ticks[0], ticks.at(-1)] },
    axis: { values: ticks, labelOverlap: true },
  };
}
