import { resultAtFmax, type Measured } from "../results.ts";
import { sweepTitle, type Sweep } from "../sweep.ts";
import { frontSpec, type FrontPoint } from "./front.ts";
import type { Plot } from "./plot.ts";

/** Area of each design of a sweep against its frequency. */
export function sweepAreaPlot(sweep: Sweep): Plot | undefined {
  return against(sweep, (report) => report.areaUm2, {
    name: `${sweep.name}-area`,
    quantity: "Area",
    y: "Area (µm²)",
    yScale: "log",
  });
}

/** Energy per element of each design of a sweep against its frequency, on the workload `attention`, vectors back to back. */
export function sweepEnergyPlot(sweep: Sweep): Plot | undefined {
  return against(sweep, (report) => resultAtFmax(report)?.streaming.energyPerElementPj, {
    name: `${sweep.name}-energy`,
    quantity: "Energy per element",
    y: "Energy per element (pJ)",
    yScale: "linear",
  });
}

interface Quantity {
  readonly name: string;
  readonly quantity: string;
  readonly y: string;
  readonly yScale: "log" | "linear";
}

function against(sweep: Sweep, of: (report: Measured) => number | undefined, to: Quantity): Plot | undefined {
  const points = pointsOf(sweep, of);
  if (points.length === 0) return undefined;
  const [along, ...across] = sweep.axes.map(({ name }) => name);
  const series = across.length === 0 ? "" : `; a series for each of ${across.join(" and ")}`;
  return {
    name: `sweep-${to.name}`,
    title: `${to.quantity} against frequency, ${sweepTitle(sweep)}, ${sweep.tech}`,
    description: `beside each point its ${along ?? ""}${series}.`,
    spec: frontSpec(points, {
      x: "Frequency (MHz)",
      y: to.y,
      yScale: to.yScale,
      ...(across.length === 0 ? {} : { legend: across.join(", ") }),
    }),
  };
}

/** Points in the axes' order: the first axis goes along a line, each combination of the others is a line. */
function pointsOf(sweep: Sweep, of: (report: Measured) => number | undefined): readonly FrontPoint[] {
  const [along, ...across] = sweep.axes;
  if (along === undefined) return [];
  const several = new Set(sweep.points.map(({ report }) => report.unit.replace(/_.*$/, ""))).size > 1;
  const placed = sweep.points.flatMap(({ axes, report }) => {
    const y = of(report);
    if (y === undefined) return [];
    const unit = several || across.length === 0 ? [report.unit.replace(/_(bf16|fp16|fp32).*$/, "")] : [];
    const series = [...unit, ...across.map(({ name }) => String(axes[name] ?? ""))].join(", ");
    const rank = [...across, along].map(({ name, values }) => values.indexOf(axes[name] ?? ""));
    return [{ rank, point: { series, x: report.fmaxMHz, y, label: String(axes[along.name] ?? "") } }];
  });
  return placed.toSorted((a, b) => firstDifference(a.rank, b.rank)).map(({ point }) => point);
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  return a.map((value, i) => value - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
