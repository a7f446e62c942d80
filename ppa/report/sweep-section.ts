import { heading, plots, table, text, type Block } from "./document.ts";
import { figureText } from "./metrics.ts";
import { sparsityPlot } from "./plot/sparsity.ts";
import { sweepAreaPlot, sweepEnergyPlot } from "./plot/sweep.ts";
import { areaPerThroughput, elementsPerNs, resultAtFmax, type Measured } from "./results.ts";
import { sweepTitle, type Sweep } from "./sweep.ts";
import { bySparsity, isSparsity, sparsityRows, unitsOf } from "./sparsity.ts";
import { designTitle } from "../families/index.ts";

/** The studies: a table and plots for each. */
export function sweepSection(sweeps: readonly Sweep[]): Block[] {
  if (sweeps.length === 0) return [];
  return [
    heading(2, "Sweeps"),
    ...sweeps.flatMap((sweep) => (isSparsity(sweep) ? bySparsity(sweep).flatMap(sparsityBlocks) : designBlocks(sweep))),
  ];
}

function sparsityBlocks(sweep: Sweep): Block[] {
  const rows = sparsityRows(sweep);
  const units = unitsOf(sweep);
  const frequency = (unit: string): string =>
    [...new Set(rows.flatMap(({ results }) => results.get(unit)?.atMHz ?? []))].join(", ");
  return [
    heading(3, `Energy against sparsity, ${sweep.tech}`),
    text(
      "Sparsity is the share of elements whose score + bias is not positive, in percent. Energy per element of an isolated vector, in pJ.",
      `Made by \`${sweep.command}\`.`,
    ),
    ...plots(sparsityPlot(sweep)),
    table(
      ["sparsity (%)", ...units.map((unit) => `${designTitle(unit)}, ${frequency(unit)} MHz`), "FLARE : FIRE+ReLU"],
      rows.map(({ sparsity, results, ratio }) => [
        String(sparsity),
        ...units.map((unit) => figureText(results.get(unit)?.energyPerElementPj)),
        figureText(ratio),
      ]),
    ),
  ];
}

function designBlocks(sweep: Sweep): Block[] {
  const axes = sweep.axes.map(({ name }) => name);
  const front = new Set(paretoPoints(sweep.points.map(({ report }) => report)));
  return [
    heading(3, `${sweepTitle(sweep)}, ${sweep.tech}`),
    text(
      `Energy is that of \`attention\` at each design's own fmax, vectors back to back. On the front are the designs`,
      `that no other beats in elements per ns, area and energy per element at once. Made by \`${sweep.command}\`.`,
    ),
    ...plots(sweepAreaPlot(sweep), sweepEnergyPlot(sweep)),
    table(
      [
        "design",
        ...axes,
        "MHz",
        "µm²",
        "latency (ns)",
        "elements per ns",
        "µm² per element per ns",
        "pJ per element",
        "front",
      ],
      sweep.points.map(({ axes: place, report }) => [
        designTitle(report.unit),
        ...axes.map((axis) => String(place[axis] ?? "")),
        figureText(report.fmaxMHz),
        figureText(report.areaUm2),
        figureText(report.latencyNs),
        figureText(elementsPerNs(report)),
        figureText(areaPerThroughput(report)),
        figureText(resultAtFmax(report)?.streaming.energyPerElementPj),
        front.has(report) ? "yes" : "",
      ]),
    ),
  ];
}

/** Those that none of the others equals or beats in every respect; without power, area and throughput decide. */
export function paretoPoints(reports: readonly Measured[]): readonly Measured[] {
  const costs = (report: Measured): readonly number[] => [
    -(elementsPerNs(report) ?? report.fmaxMHz / report.cyclesPerVector),
    report.areaUm2,
    resultAtFmax(report)?.streaming.energyPerElementPj ?? 0,
  ];
  const beats = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((cost, i) => cost <= (b[i] ?? 0)) && a.some((cost, i) => cost < (b[i] ?? 0));
  return reports.filter((report) => !reports.some((other) => beats(costs(other), costs(report))));
}
