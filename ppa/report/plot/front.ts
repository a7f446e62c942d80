import type { TopLevelSpec } from "vega-lite";
import { seriesScale } from "./theme.ts";

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
  return {
    width: 620,
    height: 340,
    data: { values: points.map((point, order) => ({ ...point, order })) },
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: axes.x,
        scale: { type: "log", nice: false, padding: 16 },
        axis: { tickCount: 8, labelOverlap: true },
      },
      y: {
        field: "y",
        type: "quantitative",
        title: axes.y,
        scale: axes.yScale === "log" ? { type: "log", nice: false, padding: 16 } : { zero: true },
        axis: { tickCount: 6, labelOverlap: true },
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
