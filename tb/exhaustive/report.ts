import { markdownTable } from "../../gen/host/markdown.ts";
import { renewed, ReportFiles } from "../report-files.ts";
import { exhaustiveSchema, type Exhaustive, type ExhaustiveUnit } from "./schema.ts";

export const exhaustiveReport = new ReportFiles({
  name: "exhaustive",
  schema: exhaustiveSchema,
  subject: "exhaustive runs",
  command: "npm run sim -- --exhaustive",
  render: renderExhaustive,
});

/**
 * Brings the report in a folder up to date with units that were just tried; the other units of `known` keep their entries. Says
 * how many of the two files changed.
 */
export function updateReport(folder: string, fresh: readonly ExhaustiveUnit[], known: readonly string[]): number {
  const before = exhaustiveReport.find(folder)?.units ?? [];
  return exhaustiveReport.write(folder, { units: renewed(before, fresh, known) });
}

/** Fewer inputs than these are over before a clock can tell much. */
const leastTimed = 2 ** 24;

/** `reports/exhaustive.md`, from nothing but what `exhaustive.json` holds. */
export function renderExhaustive({ units }: Exhaustive): string {
  const rows = units.map(({ name, operands, pairs, mismatches, measured }) => [
    name,
    operands === 2 ? "score and bias" : "score",
    pairs.toLocaleString("en-US"),
    String(mismatches),
    ...(pairs < leastTimed ? ["—", "—"] : [measured.seconds.toFixed(1), (pairs / measured.seconds / 1e6).toFixed(1)]),
  ]);
  const proofs = units.map(({ name, specHash, tools, checksum }) => [
    name,
    `${tools.verilator}, ${tools.compiler}`,
    `\`${specHash.slice(0, 16)}\``,
    `\`${checksum}\``,
  ]);
  return `# Every input

Written by \`npm run sim -- --exhaustive\` from \`exhaustive.json\`; not edited by hand. Each unit's SystemVerilog, in Verilator,
gave what the golden model gives for every operand, or pair of operands, that there is, in the cycle in which it is due. Beats
followed each other without gaps; gaps, resets and the AXI4-Stream wrappers are what \`npm run sim\` tries besides.

${markdownTable(["Unit", "Operands", "Inputs", "Mismatches", "Seconds", "Million/s"], rows)}

Seconds are of the run that first gave this result and depend on the machine; exhaustive.json says how many simulators ran side by
side. The checksum is of all results: equal ones mean equal
functions. Of all results in the order of (score, bias), each piece of 65,536 (two bytes each, least significant first; one
byte in 8-bit formats) has a SHA-256; the checksum is the SHA-256 of these, 32 bytes each, in order.

${markdownTable(["Unit", "Verilator, compiler", "Spec", "Checksum of all results"], proofs)}
`;
}
