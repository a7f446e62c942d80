import { markdownTable } from "../../gen/host/markdown.ts";
import { renewed, ReportFiles } from "../report-files.ts";
import { modeMeanings } from "./mutant.ts";
import { killedOf, mutationSchema, scoreOf, type MutationReport, type MutationUnit } from "./schema.ts";
import { methodWords, percent } from "./words.ts";

export const mutationReport = new ReportFiles({
  name: "mutation",
  schema: mutationSchema,
  subject: "mutants",
  command: "npm run mutation",
  render: renderMutation,
});

/**
 * Brings the report in a folder up to date with units that were just measured; the other units of `known` keep their entries. Says
 * how many of the two files changed.
 */
export function updateReport(folder: string, fresh: readonly MutationUnit[], known: readonly string[]): number {
  const units = renewed(mutationReport.find(folder)?.units ?? [], fresh, known);
  const missing = known.filter((name) => !units.some((unit) => unit.name === name));
  return mutationReport.write(folder, { units, missing });
}

/** `reports/mutation.md`, from nothing but what `mutation.json` holds. */
export function renderMutation({ units, missing }: MutationReport): string {
  return [
    opening(units),
    scoreTable(units),
    ...(missing.length === 0 ? [] : [`Not measured yet, and so in no figure above: ${missing.join(", ")}.`]),
    "A mutant is killed by the first thing that the check finds wrong:",
    killTable(units),
    survivors(units),
    equivalents(units),
    howTo(units),
    limits,
  ].join("\n\n");
}

function opening(units: readonly MutationUnit[]): string {
  const mutants = units.reduce((sum, unit) => sum + unit.mutants, 0);
  const killed = units.reduce((sum, unit) => sum + killedOf(unit), 0);
  const equivalent = units.reduce((sum, unit) => sum + unit.equivalent.length, 0);
  const survived = units.reduce((sum, unit) => sum + unit.survived.length, 0);
  return `# What the test bench finds of deliberate faults

Written by \`npm run mutation\` from \`mutation.json\`; not edited by hand. Yosys changed one bit of the elaborated SystemVerilog at a time,
${thousands(mutants)} times in ${units.length} modules, and each of these mutants went through the check that \`npm run sim\` makes
by default, until it failed or was proved to be no fault. **${thousands(killed)} were killed, ${thousands(equivalent)} were proved to be no faults, ${thousands(survived)} survived: a score of ${percent(scoreOf(units))}**
of the mutants that are not proved equivalent.`;
}

function scoreTable(units: readonly MutationUnit[]): string {
  const rows = units.map((unit) => [
    unit.name,
    thousands(unit.mutants),
    thousands(unit.lines),
    thousands(killedOf(unit)),
    thousands(unit.equivalent.length),
    thousands(unit.survived.length),
    percent(scoreOf([unit])),
    unit.measured.seconds.toFixed(0),
  ]);
  return markdownTable(["Module", "Mutants", "Lines", "Killed", "Equivalent", "Survived", "Score", "Seconds"], rows);
}

function killTable(units: readonly MutationUnit[]): string {
  const kinds = Object.keys(units[0]?.killed ?? {}) as (keyof MutationUnit["killed"])[];
  const seen = kinds.filter((kind) => units.some(({ killed }) => killed[kind] > 0));
  const rows = units.map((unit) => [unit.name, ...seen.map((kind) => thousands(unit.killed[kind]))]);
  const never = kinds.filter((kind) => !seen.includes(kind));
  const rest = never.length === 0 ? "" : `\n\nNone by ${never.join(" or ")}.`;
  return `${markdownTable(["Module", ...seen], rows)}${rest}

- value: a result; framing: the end of a row, or which lanes it keeps; valid: a beat that was not due, or did not come;
- handshake: a ready or valid that breaks its promise; timing: right, but not in the cycle promised; timeout: nothing comes any more;
- stopped: the design stopped itself, or its logic does not settle; hang: the simulator gave no answer.`;
}

function survivors(units: readonly MutationUnit[]): string {
  const rows = units.flatMap(({ name, survived }) =>
    survived.map((mutant) => [
      name,
      String(mutant.number),
      mutant.source,
      `\`${mutant.cell}\` ${mutant.port}[${mutant.bit}]`,
      modeMeanings[mutant.mode],
    ]),
  );
  if (rows.length === 0) return "## Survivors\n\nNone.";
  return `## Survivors\n\n${markdownTable(["Module", "Number", "Line", "Bit", "Change"], rows)}`;
}

function equivalents(units: readonly MutationUnit[]): string {
  const rows = units.flatMap(({ name, equivalent }) =>
    equivalent.map(({ mutant, proof }) => [
      name,
      String(mutant.number),
      mutant.source,
      `\`${mutant.port}[${mutant.bit}]\`${mutant.signal === undefined ? "" : ` \`${mutant.signal}\``}`,
      modeMeanings[mutant.mode],
      methodWords(proof),
    ]),
  );
  return `## Equivalent mutants

None of these failed in the first 40,000 cycles of the check, and each is the same function as the design under the contract of its ports:
results count while their valid is high, and a beat keeps low lanes, all of them but at the end of a row.

${markdownTable(["Module", "Number", "Line", "Bit", "Change", "Proof"], rows)}

- *no effect*: the bit is a constant that the mutation leaves as it is, or no output depends on it;
- *every input, n*: the check passed on every input there is, nothing but results can change, and these are a function of the inputs of one cycle;
- *induction, n cycles*: ABC (\`iprove\`) finds no state of the design, reachable or not, no values of the registers that the mutant has of its own,
  and no n cycles of inputs in whose last one anything differs that the mutant's part of the design passes on: to the other registers, to
  memories, to outputs that count. Nor in the cycles before, in a run that begins with a reset. So this covers every run;
- *every run*: ABC (\`reach\`, \`scorr\`, \`pdr\`) finds no run of any length that begins with a reset in which any of that differs.`;
}

function howTo(units: readonly MutationUnit[]): string {
  const [first] = units;
  const tools =
    first === undefined
      ? ""
      : `Yosys ${first.tools.yosys}, Verilator ${first.tools.verilator}, compiler ${first.tools.compiler}; mutants of seed ${first.seed}, ${thousands(first.vectors)} vectors.`;
  return `## How it is run

\`\`\`
npm run mutation                                        every module, 200 mutants each, into reports/mutation.*
npm run mutation -- --unit flare_bf16_x8 --mutant 195   one mutant, by its number, without a report
npm run mutation -- --mutants 500 --seed 2 --out build  others, into another folder
\`\`\`

${tools} Seconds are those of trials and proofs, without builds, of the run that first gave this result; they depend on the machine.`;
}

const limits = `## What it does not show

- The mutants are a sample: one bit of one operator's port stuck or inverted, spread over source lines, signals and bits. They are not faults of
  timing, and not two changes at once.
- The mutated netlist has no assertions (\`SYNTHESIS\` is defined): a mutant that only an assertion would find counts as survived.
- Where a mutant selects no entry of a table that lists all cases, it is taken to select the last one, in simulation and in proofs.
- A wrapper's mutants lie in its own modules and at the ports of its core; those inside the core are counted with the core.
`;

function thousands(count: number): string {
  return count.toLocaleString("en-US");
}
