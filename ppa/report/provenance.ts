import { heading, table, text, type Block } from "./document.ts";
import { reportName } from "./files.ts";
import { signalPath } from "./technology-section.ts";
import type { Report } from "./schema.ts";

/** What each report was made from, to the checksum: for the page, where it can be folded away. */
export function provenance(reports: readonly Report[]): Block[] {
  if (reports.length === 0) return [];
  return [
    heading(2, "Provenance and limiting paths"),
    text(
      "What each report was made from, and the path that limits its frequency; equal inputs give the same file, byte for byte.",
    ),
    ...reports.map((report): Block => ({
      kind: "details",
      summary: `${report.tech}/${reportName(report)}.json`,
      blocks: [table(["", "value"], rowsOf(report)), limitingPath(report)],
    })),
  ];
}

function rowsOf(report: Report): readonly (readonly string[])[] {
  const { tools, activity, powerCheck } = report;
  return [
    ["Yosys", tools.yosys],
    ["OpenSTA", tools.sta],
    ["libraries, SHA-256", code(report.libertySha256)],
    ["design (spec and sources)", code(report.specHash)],
    ["corner", report.corner],
    ["driving cell; output load", `${report.drivingCell}; ${report.outputLoadFf} fF`],
    ...optional("wires, fF per driven pin", report.wireFfPerFanout),
    ...optional("clock transition, ps", report.clockTransitionPs),
    ["recipe", report.recipe],
    ...(report.criticalPathRtl === undefined ? [] : [["limiting path in the RTL", signalPath(report.criticalPathRtl)]]),
    ...(activity?.workloads ?? []).flatMap((workload) => [
      [`workload ${workload.name}`, `${workload.vectors} vectors; seed ${workload.seed ?? "none: a recorded trace"}`],
      [`operands of ${workload.name}, SHA-256`, code(workload.sha256)],
      [`what ${workload.name} is`, workload.description],
    ]),
    ...(activity?.workloads ?? []).map(({ name, equivalence: { outputBits, cycles, mismatches } }) => [
      `netlist against RTL on ${name}`,
      `${outputBits} output bits in ${cycles} cycles compared, ${mismatches} differed`,
    ]),
    ...(powerCheck === undefined ? [] : [["checked by OpenSTA's own power", checkSentence(powerCheck)]]),
  ];
}

function limitingPath({ criticalPath }: Report): Block {
  return table(
    ["limiting path", "cell", "edge", "delay (ps)", "arrival (ps)"],
    criticalPath.map(({ point, cell, edge, delayPs, arrivalPs }) => [
      `\`${point}\``,
      cell,
      edge,
      String(delayPs),
      String(arrivalPs),
    ]),
  );
}

const code = (hash: string | undefined): string => (hash === undefined ? "not recorded" : `\`${hash}\``);

const optional = (title: string, value: number | undefined): string[][] =>
  value === undefined ? [] : [[title, String(value)]];

function checkSentence({
  version,
  workload,
  atMHz,
  openSta,
  ours,
  comparable,
}: NonNullable<Report["powerCheck"]>): string {
  const parts = comparable.map((part) => `${part} ${ours[`${part}Uw`]} µW, OpenSTA ${openSta[`${part}Uw`]} µW`);
  return `version ${version}, ${workload} at ${atMHz} MHz, without the clock's net: ${parts.join("; ") || "nothing that compares"}`;
}
