import { technologies } from "../tech/all.ts";
import { figure, markdownTable } from "./markdown.ts";
import { paperTables, type Metric, type PaperTable } from "./papers.ts";
import type { Report } from "./schema.ts";

/** The catalogue's units that the papers' tables are compared with, in this order, where reports of them exist. */
const compared: readonly { readonly unit: string; readonly title: string }[] = [
  { unit: "relu_bf16_x8", title: "ReLU x8" },
  { unit: "fire_relu_bf16_x8", title: "FIRE+ReLU x8" },
  { unit: "flare_bf16_x8", title: "FLARE x8" },
  { unit: "softmax_bf16_x1", title: "softmax x1" },
  { unit: "softmax_bf16_x8", title: "softmax x8" },
];

/** `reports/summary.md`: the reports of a folder as tables, the papers' beside ours. Equal reports give equal text. */
export function renderSummary(reports: readonly Report[]): string {
  const known = technologies.map((technology) => technology.name);
  const names = [...new Set(reports.map((report) => report.tech))];
  const ordered = [...known.filter((name) => names.includes(name)), ...names.filter((name) => !known.includes(name))];
  return [
    "# Area and timing",
    "",
    "Rendered by `npm run ppa` from the JSON files beside it; not edited by hand.",
    "",
    leftOut,
    "",
    ...paperTables.flatMap((table) => comparison(table, reports)),
    ...ordered.flatMap((name) =>
      technologySection(
        name,
        reports.filter((report) => report.tech === name),
      ),
    ),
  ].join("\n");
}

const leftOut = [
  "What every figure of ours leaves out: wires (no wire load, no layout), the clock tree (the clock is ideal), clock",
  "uncertainty, and power and energy, which are not given until they come from simulated activity. They are what",
  "synthesis (Yosys, ABC) and static timing (OpenSTA) say of one netlist in one corner, inputs driven by the named cell at the",
  "clock edge, outputs loaded as named. Area is the sum of the cells; a layout needs more.",
].join("\n");

function comparison(table: PaperTable, reports: readonly Report[]): string[] {
  return table.beside.flatMap((tech) => {
    const columns = compared.flatMap(({ unit, title }) => {
      const report = reports.find((r) => r.tech === tech && r.unit === unit && r.targetMHz === undefined);
      return report === undefined ? [] : [{ title, report }];
    });
    if (columns.length === 0) return [];
    const technology = technologies.find(({ name }) => name === tech);
    const rows = table.rows.map(({ metric, relu, softmax }) => [
      metricTitle(metric),
      relu,
      softmax,
      ...columns.map(({ report }) => metricValue(metric, report)),
    ]);
    const head = ["", "paper: ReLU", "paper: softmax", ...columns.map(({ title }) => title)];
    return [
      `## ${table.cite} (${table.node}) beside ${tech}`,
      "",
      markdownTable(head, [...rows, ...ratioRows(columns, table)]),
      "",
      `Ours: ${technology?.title ?? tech}, ${columns[0]?.report.corner ?? ""}; an em dash is a figure not given yet. ${table.differences}`,
      "",
    ];
  });
}

function metricTitle(metric: Metric): string {
  switch (metric) {
    case "frequencyMHz":
      return "Frequency (MHz)";
    case "areaMm2":
      return "Area (mm²)";
    case "areaUm2":
      return "Area (µm²)";
    case "powerMw":
      return "Power (mW)";
    case "powerUw":
      return "Power (µW)";
    case "energyPerCyclePj":
      return "Energy per cycle (pJ)";
    case "energyNj":
      return "Energy per 1,024 elements (nJ)";
    case "latencyNs":
      return "Latency of 1,024 elements (ns)";
    default:
      return metric satisfies never;
  }
}

const notGiven = "—";

function metricValue(metric: Metric, report: Report): string {
  switch (metric) {
    case "frequencyMHz":
      return figure(report.fmaxMHz);
    case "areaMm2":
      return figure(report.areaUm2 / 1e6);
    case "areaUm2":
      return figure(report.areaUm2);
    case "latencyNs":
      return figure(report.latencyNs);
    case "powerMw":
    case "powerUw":
    case "energyPerCyclePj":
    case "energyNj":
      return notGiven;
    default:
      return metric satisfies never;
  }
}

/** Softmax over ReLU and over FLARE, where all have reports. */
function ratioRows(columns: readonly { title: string; report: Report }[], table: PaperTable): string[][] {
  const find = (unit: string): Report | undefined => columns.find(({ report }) => report.unit === unit)?.report;
  const softmax = find("softmax_bf16_x1");
  if (softmax === undefined) return [];
  const paper = (metric: Metric): string => {
    const row = table.rows.find((r) => r.metric === metric);
    return row === undefined ? notGiven : figure(Number(row.softmax) / Number(row.relu));
  };
  const ratios = [
    { title: "area", of: (report: Report): number => report.areaUm2, metric: paperArea(table) },
    { title: "latency", of: (report: Report): number => report.latencyNs, metric: "latencyNs" as const },
  ];
  return ratios.map(({ title, of, metric }) => [
    `softmax x1 / this, ${title}`,
    paper(metric),
    "1",
    ...columns.map(({ report }) => figure(of(softmax) / of(report))),
  ]);
}

function paperArea(table: PaperTable): Metric {
  return table.rows.some((row) => row.metric === "areaMm2") ? "areaMm2" : "areaUm2";
}

function technologySection(name: string, reports: readonly Report[]): string[] {
  const technology = technologies.find((known) => known.name === name);
  const [first] = reports;
  if (first === undefined) return [];
  const head = ["design", "MHz", "µm²", "of it registers", "cells", "flip-flops", "cycles", "ns", "recipe"];
  const rows = reports.map((report) => [
    report.targetMHz === undefined ? report.unit : `${report.unit}, smallest for ${report.targetMHz} MHz`,
    figure(report.fmaxMHz),
    figure(report.areaUm2),
    figure(report.areaSequentialUm2),
    String(report.cells),
    String(report.flipFlops),
    String(report.cyclesPerVector),
    figure(report.latencyNs),
    report.recipe,
  ]);
  return [
    `## ${name}: ${technology?.title ?? "a user's library"}`,
    "",
    markdownTable(head, rows),
    "",
    `Corner ${first.corner}; inputs driven by ${first.drivingCell}, outputs loaded with ${first.outputLoadFf} fF; Yosys ${first.tools.yosys}, OpenSTA ${first.tools.sta}. Cycles and ns: one vector of 1,024 elements, first beat in to last beat out.`,
    "",
  ];
}
