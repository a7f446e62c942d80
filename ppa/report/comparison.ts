import { heading, plots, table, text, type Block } from "./document.ts";
import { equalThroughput } from "./equal-throughput.ts";
import { figureText, metricText, metricTitle, notGiven } from "./metrics.ts";
import type { PaperTable } from "../families/papers.ts";
import { ratiosPlot } from "./plot/ratios.ts";
import { pairsOf, paperText, ratioRows } from "./ratios.ts";
import { plainReport } from "./results.ts";
import type { Report } from "./schema.ts";
import { comparedDesigns, designTitle, papersPair, papersUnits, unitLabel } from "../families/index.ts";
import { technologyNamed } from "./technologies.ts";

/** The ratios of a paper's table beside those of one technology, then the tables themselves; nothing where there are no reports. */
export function comparison(paper: PaperTable, tech: string, reports: readonly Report[]): Block[] {
  const columns = comparedDesigns.flatMap(({ design }) => plainReport(reports, tech, design) ?? []);
  const [first] = columns;
  if (first === undefined) return [];
  const rows = paper.rows.map(({ metric, figures }) => [
    metricTitle(metric),
    ...papersUnits.map((unit) => figures[unit] ?? notGiven),
    ...columns.map((report) => metricText(metric, report)),
  ]);
  return [
    heading(2, `${paper.cite} (${paper.node}) beside ${tech}`),
    ...ratios(paper, tech, reports),
    table(
      ["", ...papersUnits.map((unit) => `paper: ${unitLabel(unit)}`), ...columns.map(({ unit }) => designTitle(unit))],
      rows,
    ),
    text(
      `Ours: ${technologyNamed(tech)?.title ?? tech}, ${first.corner}; power and energy at each unit's own frequency on the workload`,
      "`attention`, averaged over one isolated vector; an em dash is a figure not given.",
      paper.differences,
    ),
  ];
}

function ratios(paper: PaperTable, tech: string, reports: readonly Report[]): Block[] {
  const pairs = pairsOf(tech, reports);
  if (pairs.length === 0) return [];
  const rows = ratioRows(paper, pairs);
  return [
    table(
      [
        `${unitLabel(papersPair.above)} against`,
        `paper: ${unitLabel(papersPair.by)}`,
        ...pairs.map(({ title }) => title),
      ],
      rows.map(({ title, paper, ours }) => [title, paperText(paper), ...ours.map(figureText)]),
    ),
    text(...ratioNote),
    ...plots(ratiosPlot(paper, tech, pairs, rows)),
    ...equalThroughput(pairs),
  ];
}

const ratioNote = [
  "The paper's ratios are of the figures in its table. softmax x1 takes one element per cycle, as the paper's does, and stands beside",
  "eight lanes of ReLU, as there; softmax x8 compares lane for lane. Softmax is its core: the buffer that holds the row between the two",
  "passes is left out. FLARE's figures contain the addition of the position bias; ReLU's and softmax's do not.",
];
