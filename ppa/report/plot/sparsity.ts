import type { TopLevelSpec } from "vega-lite";
import { figureText } from "../metrics.ts";
import { sparsityRows, type SparsityRow } from "../sparsity.ts";
import type { Sweep } from "../sweep.ts";
import type { Plot } from "./plot.ts";
import { ink, seriesScale } from "./theme.ts";

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
  // As in the plots of all units, where ReLU comes first.
  const { colour, shape } = seriesScale(names, 1);
  const x = { field: "sparsity", type: "quantitative", scale: { domain: [0, 100] }, axis: { tickCount: 5 } };
  const legend = { title: null };
  const energy = rows.flatMap(({ sparsity, fusedPj, unfusedPj }) =>
    [unfusedPj, fusedPj].flatMap((pj, i) => (pj === undefined ? [] : [{ sparsity, unit: names[i], pj }])),
  );
  const places = rows.map(({ sparsity }) => sparsity);
  const ratios = rows.flatMap(({ sparsity, ratio }) =>
    ratio === undefined ? [] : [{ sparsity, ratio, label: isLabelled(sparsity, places) ? figureText(ratio) : "" }],
  );
  const place = {
    x: { ...x, title: "Sums that are not positive (%)" },
    y: {
      field: "ratio",
      type: "quantitative",
      title: "FLARE : FIRE+ReLU",
      axis: { tickCount: 4 },
      scale: { zero: true },
    },
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
        layer: [
          { mark: { type: "rule", strokeDash: [3, 3], color: ink }, encoding: { y: { datum: 1 } } },
          { mark: { type: "line", strokeWidth: 1.5, color: colour.range[1] }, encoding: place },
          { mark: { type: "point", filled: true, size: 45, opacity: 1, color: colour.range[1] }, encoding: place },
          { mark: { type: "text", dy: 15 }, encoding: { ...place, text: { field: "label" } } },
        ],
      },
    ],
  } as TopLevelSpec;
}

/** The share that the papers measured. */
const papersShare = 98.9;

/** Labels must not overlap: of near neighbours the papers' share is labelled, otherwise the first. */
function isLabelled(sparsity: number, places: readonly number[]): boolean {
  const near = places.filter((other) => Math.abs(other - sparsity) < 7);
  return sparsity === papersShare || (!near.includes(papersShare) && sparsity === Math.min(...near));
}
