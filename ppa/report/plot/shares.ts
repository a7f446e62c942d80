import type { TopLevelSpec } from "vega-lite";
import { figureText } from "../metrics.ts";
import { plainReport, resultAtCommon } from "../results.ts";
import type { Report, Result } from "../schema.ts";
import { comparedDesigns } from "../../families/index.ts";
import type { Plot } from "./plot.ts";
import { seriesScale } from "./theme.ts";

const parts: readonly { readonly title: string; readonly of: (shares: Result["shares"]) => number }[] = [
  { title: "registers", of: (shares) => shares.registersUw },
  { title: "combinational", of: (shares) => shares.combinationalUw },
  { title: "clock gates", of: (shares) => shares.clockGatesUw },
  { title: "clock net", of: (shares) => shares.clockNetUw },
];

/** What takes each unit's power on the workload `attention`, at the technology's common frequency. */
export function sharesPlot(tech: string, reports: readonly Report[]): Plot | undefined {
  const bars = comparedDesigns.flatMap(({ design, title }) => {
    const report = plainReport(reports, tech, design);
    const result = report && resultAtCommon(report);
    return result === undefined ? [] : [{ title, result }];
  });
  const [first] = bars;
  if (first === undefined) return undefined;
  return {
    name: `power-shares-${tech}`,
    title: `What takes the power, ${tech}`,
    description: `shares of each unit's power on attention at ${first.result.atMHz} MHz: registers, combinational cells, clock gates, clock pins; the total beside each bar.`,
    spec: sharesSpec(bars),
  };
}

function sharesSpec(bars: readonly { readonly title: string; readonly result: Result }[]): TopLevelSpec {
  const { colour } = seriesScale(parts.map(({ title }) => title));
  const sort = bars.map(({ title }) => title);
  const values = bars.flatMap(({ title, result }) => {
    const total = parts.reduce((sum, { of }) => sum + of(result.shares), 0);
    return parts.map((part, order) => ({
      unit: title,
      part: part.title,
      order,
      share: total === 0 ? 0 : part.of(result.shares) / total,
      total: `${figureText(result.power.totalUw)} µW`,
    }));
  });
  const y = {
    field: "unit",
    type: "nominal",
    sort,
    title: null,
    axis: { domain: false, ticks: false, labelFontSize: 12 },
  };
  return {
    width: 520,
    height: { step: 34 },
    data: { values },
    layer: [
      {
        mark: { type: "bar", height: 20 },
        encoding: {
          y,
          x: {
            field: "share",
            type: "quantitative",
            title: "Share of the power",
            axis: { format: ".0%", tickCount: 5 },
          },
          color: {
            field: "part",
            type: "nominal",
            scale: colour,
            sort: parts.map(({ title }) => title),
            legend: { title: null },
          },
          order: { field: "order", type: "quantitative" },
        },
      },
      {
        transform: [{ filter: "datum.order === 0" }],
        mark: { type: "text", align: "left", dx: 6 },
        encoding: { y, x: { datum: 1, type: "quantitative" }, text: { field: "total" } },
      },
    ],
  } as TopLevelSpec;
}
