import { technologies } from "../tech/all.ts";
import { comparison } from "./comparison.ts";
import { figure, markdownTable } from "../../gen/host/markdown.ts";
import { paperTables } from "./papers.ts";
import type { Report } from "./schema.ts";

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
    ...paperTables.flatMap((table) => table.beside.flatMap((tech) => comparison(table, tech, reports))),
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
    `Corner ${first.corner}; inputs driven by ${first.drivingCell}, outputs loaded with ${first.outputLoadFf} fF; Yosys ${first.tools.yosys}, OpenSTA ${first.tools.sta}. Cycles and ns: one vector of 1,024 elements, first beat in to last beat out; of softmax both passes, its row buffer left out.`,
    "",
  ];
}
