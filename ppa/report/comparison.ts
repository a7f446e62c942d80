import { technologies } from "../tech/all.ts";
import { markdownTable } from "../../gen/host/markdown.ts";
import { metricText, metricTitle, metricValue, notGiven, ratioText, ratioTitle } from "./metrics.ts";
import type { PaperTable } from "./papers.ts";
import type { Report } from "./schema.ts";

/** The catalogue's units that the papers' tables are compared with, in this order, where reports of them exist. */
const compared: readonly { readonly unit: string; readonly title: string }[] = [
  { unit: "relu_bf16_x8", title: "ReLU x8" },
  { unit: "fire_relu_bf16_x8", title: "FIRE+ReLU x8" },
  { unit: "flare_bf16_x8", title: "FLARE x8" },
  { unit: "softmax_bf16_x1", title: "softmax x1" },
  { unit: "softmax_bf16_x8", title: "softmax x8" },
];

/** Softmax above what replaces it: the papers' own comparison first, then lane for lane. */
const divided: readonly { readonly softmax: string; readonly by: string }[] = [
  { softmax: "softmax_bf16_x1", by: "relu_bf16_x8" },
  { softmax: "softmax_bf16_x1", by: "flare_bf16_x8" },
  { softmax: "softmax_bf16_x8", by: "relu_bf16_x8" },
  { softmax: "softmax_bf16_x8", by: "flare_bf16_x8" },
];

interface Column {
  readonly title: string;
  readonly report: Report;
}

/** A paper's table beside the reports of one technology, then the ratios of both; nothing where there are no reports. */
export function comparison(table: PaperTable, tech: string, reports: readonly Report[]): string[] {
  const columns = compared.flatMap(({ unit, title }): Column[] => {
    const report = reports.find((r) => r.tech === tech && r.unit === unit && r.targetMHz === undefined);
    return report === undefined ? [] : [{ title, report }];
  });
  if (columns.length === 0) return [];
  const technology = technologies.find(({ name }) => name === tech);
  const rows = table.rows.map(({ metric, relu, softmax }) => [
    metricTitle(metric),
    relu ?? notGiven,
    softmax ?? notGiven,
    ...columns.map(({ report }) => metricText(metric, report)),
  ]);
  return [
    `## ${table.cite} (${table.node}) beside ${tech}`,
    "",
    markdownTable(["", "paper: ReLU", "paper: softmax", ...columns.map(({ title }) => title)], rows),
    "",
    `Ours: ${technology?.title ?? tech}, ${columns[0]?.report.corner ?? ""}; an em dash is a figure not given yet. ${table.differences}`,
    "",
    ...ratios(table, columns),
  ];
}

function ratios(table: PaperTable, columns: readonly Column[]): string[] {
  const find = (unit: string): Column | undefined => columns.find(({ report }) => report.unit === unit);
  const pairs = divided.flatMap(({ softmax, by }) => {
    const [above, below] = [find(softmax), find(by)];
    return above === undefined || below === undefined ? [] : [{ above, below }];
  });
  if (pairs.length === 0) return [];
  const rows = table.rows.flatMap(({ metric, relu, softmax }) => {
    const title = ratioTitle(metric);
    if (title === undefined) return [];
    const papers = ratioText(metric, printed(softmax), printed(relu));
    const ours = pairs.map(({ above, below }) =>
      ratioText(metric, metricValue(metric, above.report), metricValue(metric, below.report)),
    );
    return [[title, papers, ...ours]];
  });
  const head = [
    "softmax against",
    "paper: ReLU",
    ...pairs.map(({ above, below }) => `${above.title} : ${below.title}`),
  ];
  return [markdownTable(head, rows), "", ratioNote, ""];
}

const printed = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const ratioNote = [
  "The paper's ratios are of the figures in its table. softmax x1 takes one element per cycle, as the paper's does, and stands beside",
  "eight lanes of ReLU, as there; softmax x8 compares lane for lane. Softmax is its core: the buffer that holds the row between the two",
  "passes is left out. FLARE's figures contain the addition of the position bias; ReLU's and softmax's do not.",
].join("\n");
