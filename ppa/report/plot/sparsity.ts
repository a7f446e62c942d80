import type { TopLevelSpec } from "vega-lite";
import { figureText } from "../metrics.ts";
import { sparsityRows, type SparsityRow } from "../sparsity.ts";
import type { Sweep } from "../sweep.ts";
import type { Plot } from "./plot.ts";
import { seriesScale } from "./theme.ts";

/** Energy per element of FLARE and FIRE+ReLU, and below it their ratio, against the share of sums that are not positive. */
export function sparsityPlot(sweep: Sweep): Plot | undefined {
  const rows = sparsityRows(sweep);
  if (rows.every(({ fusedPj, unfusedPj }) => fusedPj === undefined && unfusedPj === undefined)) return undefined;
  const frequency = rows[0]?.atMHz ?? NaN;
  return {
    name: `sweep-${sweep.name}`,
    title: `Energy against sparsity, ${sweep.tech}`,
    description: `energy per element of FIRE+ReLU and FLARE at ${frequency} MHz, and FLARE : FIRE+ReLU below, from 0 to 100 % of the sums not positive.`,
    spec: sparsitySpec(rows),
  };
}

function sparsitySpec(rows: readonly SparsityRow[]): TopLevelSpec {
  const names = ["FIRE+ReLU", "FLARE"];
  const { colour, shape } = seriesScale(names);
  const x = { field: "sparsity", type: "quantitative", scale: { domain: [0, 100] } };
  const legend = { title: null };
  const energy = rows.flatMap(({ sparsity, fusedPj, unfusedPj }) =>
    [unfusedPj, fusedPj].flatMap((pj, i) => (pj === undefined ? [] : [{ sparsity, unit: names[i], pj }])),
  );
  const ratios = rows.flatMap(({ sparsity, ratio }) =>
    ratio === undefined ? [] : [{ sparsity, ratio, label: figureText(ratio) }],
  );
  const ratioY = {
    field: "ratio",
    type: "quantitative",
    title: "FLARE : FIRE+ReLU",
    axis: { tickCount: 4 },
    scale: { zero: true },
  };
  return {
    spacing: 22,
    vconcat: [
      {
        width: 620,
        height: 260,
        data: { values: energy },
        encoding: {
          x: { ...x, title: null },
          y: { field: "pj", type: "quantitative", title: "Energy per element (pJ)", scale: { zero: true } },
          color: { field: "unit", type: "nominal", scale: colour, sort: names, legend },
        },
        layer: [
          { mark: { type: "line", strokeWidth: 1.5 } },
          {
            mark: { type: "point", filled: true, size: 55, opacity: 1 },
            encoding: { shape: { field: "unit", type: "nominal", scale: shape, sort: names, legend } },
          },
        ],
      },
      {
        width: 620,
        height: 130,
        data: { values: ratios },
        encoding: { x: { ...x, title: "Sums that are not positive (%)" }, y: ratioY },
        layer: [
          { mark: { type: "line", strokeWidth: 1.5, color: colour.range[1] } },
          { mark: { type: "point", filled: true, size: 45, opacity: 1, color: colour.range[1] } },
          { mark: { type: "text", dy: -10 }, encoding: { text: { field: "label" } } },
        ],
      },
    ],
  } as TopLevelSpec;
}
