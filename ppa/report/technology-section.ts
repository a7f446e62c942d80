import { heading, plots, table, text, type Block } from "./document.ts";
import { figureText, notGiven } from "./metrics.ts";
import { paretoPlot } from "./plot/pareto.ts";
import { sharesPlot } from "./plot/shares.ts";
import { hasWires } from "./results.ts";
import type { Report, Result } from "./schema.ts";
import { technologyNamed } from "./technologies.ts";

/** Everything measured in one technology, without wires. */
export function technologySection(tech: string, reports: readonly Report[]): Block[] {
  const own = reports.filter((report) => report.tech === tech && !hasWires(report));
  const [first] = own;
  if (first === undefined) return [];
  return [
    heading(2, `${tech}: ${technologyNamed(tech)?.title ?? "a user's library"}`),
    areaTable(own),
    text(
      `Corner ${first.corner}; inputs driven by ${first.drivingCell}, outputs loaded with ${first.outputLoadFf} fF; Yosys ${first.tools.yosys},`,
      `OpenSTA ${first.tools.sta}. Cycles and ns: one vector of 1,024 elements, first beat in to last beat out; of softmax both passes,`,
      "its row buffer left out.",
    ),
    ...plots(paretoPlot(tech, own)),
    ...powerBlocks(own),
    ...plots(sharesPlot(tech, own)),
    ...limitingPaths(own),
  ];
}

const nameOf = (report: Report): string =>
  report.targetMHz === undefined ? report.unit : `${report.unit}, smallest for ${report.targetMHz} MHz`;

function areaTable(reports: readonly Report[]): Block {
  return table(
    ["design", "MHz", "µm²", "of it registers", "cells", "flip-flops", "cycles", "ns", "recipe"],
    reports.map((report) => [
      nameOf(report),
      figureText(report.fmaxMHz),
      figureText(report.areaUm2),
      figureText(report.areaSequentialUm2),
      String(report.cells),
      String(report.flipFlops),
      String(report.cyclesPerVector),
      figureText(report.latencyNs),
      report.recipe,
    ]),
  );
}

function powerBlocks(reports: readonly Report[]): Block[] {
  const rows = reports.flatMap((report) =>
    (report.results ?? []).map((result) => [nameOf(report), ...powerRow(result)]),
  );
  const shares = reports.flatMap((report) =>
    (report.results ?? []).map((result) => [nameOf(report), ...sharesRow(result)]),
  );
  const refused = reports.flatMap(({ unit, powerRefused }) =>
    powerRefused === undefined ? [] : [`${unit} has no power: ${powerRefused}`],
  );
  const tables: Block[] =
    rows.length === 0
      ? []
      : [
          {
            kind: "details",
            summary: "Power (µW) and energy per element (pJ) of every design, workload and frequency",
            blocks: [table(powerHead, rows), text(powerNote), table(sharesHead, shares)],
          },
        ];
  return [...tables, ...(refused.length === 0 ? [] : [{ kind: "list", items: refused } satisfies Block])];
}

const powerHead = [
  "design",
  "workload",
  "MHz",
  "total",
  "leakage",
  "internal",
  "switching",
  "pJ per element",
  "streaming: total",
  "streaming: pJ per element",
];

function powerRow({ workload, atMHz, power, energyPerElementPj, streaming }: Result): readonly string[] {
  const { totalUw, leakageUw, internalUw, switchingUw } = power;
  const figures = [totalUw, leakageUw, internalUw, switchingUw, energyPerElementPj];
  const ofStream = [streaming.totalUw, streaming.energyPerElementPj];
  return [workload, String(atMHz), ...[...figures, ...ofStream].map(figureText)];
}

const powerNote = `Total, leakage, internal and switching power are averages over the cycles of one isolated vector; streaming is of vectors back to back. What charges the clock pins counts as switching. A frequency that a design does not reach is not listed; ${notGiven} is a figure not given.`;

const sharesHead = ["design", "workload", "MHz", "registers", "combinational", "clock gates", "clock net"];

function sharesRow({ workload, atMHz, shares }: Result): readonly string[] {
  const { registersUw, combinationalUw, clockGatesUw, clockNetUw } = shares;
  return [workload, String(atMHz), ...[registersUw, combinationalUw, clockGatesUw, clockNetUw].map(figureText)];
}

function limitingPaths(reports: readonly Report[]): Block[] {
  const rows = reports.flatMap((report) =>
    report.criticalPathRtl === undefined ? [] : [[nameOf(report), signalPath(report.criticalPathRtl)]],
  );
  if (rows.length === 0) return [];
  const summary = "What limits each design's frequency: the signals of the RTL on its longest path";
  return [{ kind: "details", summary, blocks: [table(["design", "path"], rows)] }];
}

/** Signals as a reader follows them. */
export function signalPath(signals: readonly string[]): string {
  return signals.map((signal) => `\`${signal}\``).join(" → ");
}
