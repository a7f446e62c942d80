import type { TopLevelSpec } from "vega-lite";
import { figureText } from "../metrics.ts";
import { sparsityRows, unitsOf, type SparsityRow } from "../sparsity.ts";
import type { Sweep } from "../sweep.ts";
import { designTitle } from "../../families/index.ts";
import type { Plot } from "./plot.ts";
import { ink, seriesColours, unitScale } from "./theme.ts";

/** Energy per element of each unit, and below it FLARE : FIRE+ReLU, against the share of sums that are not positive. */
export function sparsityPlot(sweep: Sweep): Plot | undefined {
  const rows = sparsityRows(sweep);
  const results = rows.flatMap((row) => [...row.results.values()]);
  if (results.length === 0) return undefined;
  const units = unitsOf(sweep);
  const frequencies = [...new Set(results.map(({ atMHz }) => atMHz))].join(" and ");
  const ratio = rows.some((row) => row.ratio !== undefined) ? ", and FLARE : FIRE+ReLU below" : "";
  return {
    name: `sweep-${sweep.name}`,
    title: `Energy against sparsity, ${sweep.tech}`,
    description: `energy per element of ${units.map(designTitle).join(" and ")} at ${frequencies} MHz${ratio}, over the share of sums that are not positive.`,
    spec: { spacing: 22, vconcat: [energies(rows, units), ...ratios(rows)] } as TopLevelSpec,
  };
}

const share = { field: "sparsity", type: "quantitative", scale: { domain: [0, 100] }, axis: { tickCount: 5 } };
const shareTitle = "Sums that are not positive (%)";

function energies(rows: readonly SparsityRow[], units: readonly string[]): object {
  const { colour, shape } = unitScale(units);
  const points = rows.flatMap(({ sparsity, results }) =>
    [...results].map(([unit, { energyPerElementPj }]) => ({
      sparsity,
      unit: designTitle(unit),
      pj: energyPerElementPj,
    })),
  );
  const legend = { title: null };
  const sort = colour.domain;
  return {
    width: 620,
    height: 260,
    data: { values: points },
    encoding: {
      x: { ...share, title: rows.every(({ ratio }) => ratio === undefined) ? shareTitle : null },
      y: { field: "pj", type: "quantitative", title: "Energy per element (pJ)", scale: { zero: true } },
      color: { field: "unit", type: "nominal", scale: colour, sort, legend },
    },
    layer: [
      { mark: { type: "line", strokeWidth: 1.5 } },
      {
        mark: { type: "point", filled: true, size: 55, opacity: 1 },
        encoding: { shape: { field: "unit", type: "nominal", scale: shape, sort, legend } },
      },
    ],
  };
}

/** Nothing where there is no ratio. */
function ratios(rows: readonly SparsityRow[]): readonly object[] {
  const places = rows.map(({ sparsity }) => sparsity);
  const values = rows.flatMap(({ sparsity, ratio }) =>
    ratio === undefined ? [] : [{ sparsity, ratio, label: isLabelled(sparsity, places) ? figureText(ratio) : "" }],
  );
  if (values.length === 0) return [];
  const y = { type: "quantitative", title: "FLARE : FIRE+ReLU", axis: { tickCount: 4 }, scale: { zero: true } };
  const encoding = { x: { ...share, title: shareTitle }, y: { ...y, field: "ratio" } };
  const color = seriesColours[0];
  return [
    {
      width: 620,
      height: 130,
      data: { values },
      layer: [
        { mark: { type: "rule", strokeDash: [3, 3], color: ink }, encoding: { y: { ...y, datum: 1 } } },
        { mark: { type: "line", strokeWidth: 1.5, color }, encoding },
        { mark: { type: "point", filled: true, size: 45, opacity: 1, color }, encoding },
        { mark: { type: "text", dx: 16, dy: 15 }, encoding: { ...encoding, text: { field: "label" } } },
      ],
    },
  ];
}

/** The share that the papers measured. */
const papersShare = 98.9;

/** Labels must not overlap: of near neighbours the papers' share is labelled, otherwise the first. */
function isLabelled(sparsity: number, places: readonly number[]): boolean {
  const near = places.filter((other) => Math.abs(other - sparsity) < 7);
  return sparsity === papersShare || (!near.includes(papersShare) && sparsity === Math.min(...near));
}
