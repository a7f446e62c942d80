import { heading, table, text, type Block } from "./document.ts";
import { figureText, notGiven } from "./metrics.ts";
import { hasWires, plainReport, quotient, resultAtCommon, type Measured } from "./results.ts";
import type { Report } from "./schema.ts";

const measures: readonly { readonly title: string; readonly of: (report: Measured) => number | undefined }[] = [
  { title: "MHz", of: (report) => report.fmaxMHz },
  { title: "µm²", of: (report) => report.areaUm2 },
  { title: "pJ per element", of: (report) => resultAtCommon(report)?.energyPerElementPj },
];

/** Netlists with wires beside those without, for what was measured with both. */
export function wiresSection(reports: readonly Report[]): Block[] {
  const wired = reports.filter((report) => hasWires(report) && report.targetMHz === undefined);
  if (wired.length === 0) return [];
  return [
    heading(2, "With wires"),
    text(
      "The same designs, searched and measured again with the named capacitance on each net for each pin that it drives (`--wires fanout`):",
      "no layout stands behind it, and wires have no resistance. Ratio: with wires : without. Energy is that of the workload `attention` at the",
      "technology's common frequency. No other table or plot has these netlists in it.",
    ),
    table(
      [
        "",
        "fF per pin",
        ...measures.flatMap(({ title }) => [`${title}, without`, `${title}, with`, `${title}, ratio`]),
      ],
      wired.map((report) => [
        `${report.tech} ${report.unit}`,
        report.wireFfPerFanout === undefined ? notGiven : String(report.wireFfPerFanout),
        ...beside(plainReport(reports, report.tech, report.unit), report),
      ]),
    ),
  ];
}

function beside(without: Report | undefined, wired: Report): readonly string[] {
  return measures.flatMap(({ of }) => {
    const [before, after] = [without && of(without), of(wired)];
    return [before, after, quotient(after, before)].map(figureText);
  });
}
