import { markdownTable } from "../../gen/host/markdown.ts";
import type { Coverage } from "./schema.ts";
import { functionalTotal, percent, structureTotal, thousands } from "./words.ts";

/** `reports/coverage.md`, from nothing but what `coverage.json` holds. */
export function renderCoverage(report: Coverage): string {
  return `${[introduction(report), functional(report), structural(report), excluded(report), howToRun(report), limits].join("\n\n")}\n`;
}

function introduction(report: Coverage): string {
  const { files, seed, vectors } = report;
  const bins = functionalTotal(report);
  const rows = [
    ...(["lines", "branches", "toggles"] as const).map((kind) => {
      const { reached, of } = structureTotal(files, [kind]);
      return [kindTitles[kind], thousands(of), thousands(reached), percent(reached, of)];
    }),
    ["functional bins", thousands(bins.of), thousands(bins.reached), percent(bins.reached, bins.of)],
  ];
  const all = structureTotal(files, ["lines", "branches", "toggles"]);
  const left = all.holes + bins.holes;
  const verdict =
    left === 0
      ? `Everything is reached, or excluded with a reason below: ${thousands(all.excluded)} points of the text are, no bin is.`
      : `**${thousands(left)} are not reached and not excluded**; ${thousands(all.excluded)} points of the text are excluded with a reason below.`;
  return `# Coverage

Written by \`npm run coverage\` from \`coverage.json\`; not edited by hand. What the default run of \`npm run sim\` (seed ${seed}, ${thousands(vectors)}
vectors) reaches, while every result is held against the golden models: of the SystemVerilog's text, and of what the arithmetic
and the protocols can be asked for.

${markdownTable(["What", "There are", "Reached", "Share"], rows)}

${verdict}`;
}

const kindTitles = {
  lines: "lines: blocks and `case` items",
  branches: "branches: sides of an `if`",
  toggles: "toggles: bits, both ways",
} as const;

function functional({ modules }: Coverage): string {
  const rows = modules.flatMap(({ name, groups }) =>
    groups.map((group, index) => [
      index === 0 ? name : "",
      group.name,
      thousands(group.bins),
      thousands(group.hit),
      group.impossible === undefined ? "" : thousands(group.impossible.combinations),
      group.holes.length === 0 ? "none" : group.holes.join("; "),
    ]),
  );
  const reasons = new Map<string, string[]>();
  for (const { groups } of modules) {
    for (const { name, impossible } of groups) {
      if (impossible === undefined) continue;
      const names = reasons.get(impossible.why) ?? [];
      if (!names.includes(name)) reasons.set(impossible.why, [...names, name]);
    }
  }
  const why = [...reasons].map(([reason, names]) => `- ${names.join("; ")}: ${reason}.`);
  return `## Functional coverage

Of operands whose results were judged, on valid beats outside reset. The bins come from the definitions, not from the hardware:
what IEEE 754 says of operands, alignment and rounding, what online normalisation says of a row, what AXI4-Stream says of a bus. \`x\` is a cross: a bin
for each combination. Cores have the arithmetic, wrappers the protocol.

${markdownTable(["Module", "Group", "Bins", "Hit", "Impossible", "Holes"], rows)}

Impossible combinations are no bins. That one is hit after all would be an error. Why they are:

${why.join("\n")}`;
}

function structural({ files }: Coverage): string {
  const cell = ({ covered, of }: { readonly covered: number; readonly of: number }): string =>
    of === 0 ? "-" : `${thousands(covered)} of ${thousands(of)}`;
  const rows = files.map((file) => [
    file.file,
    cell(file.lines),
    cell(file.branches),
    cell(file.toggles),
    thousands(file.excluded),
    file.holes.length === 0 ? "none" : file.holes.join("; "),
  ]);
  return `## The SystemVerilog

Merged over the modules that hold a file and over the instances of its module. Verilator counts how often a block, a \`case\` item and
each side of an \`if\` ran, and how often each bit of each signal changed: a table in the hardware is a \`case\`, so that each of its entries is
a line. A bit is reached where it changed in both directions in one instance: more changes than instances. Changes before the first
clock edge do not count.

${markdownTable(["File", "Lines", "Branches", "Toggles", "Excluded", "Holes"], rows)}`;
}

function excluded({ exclusions }: Coverage): string {
  if (exclusions.length === 0) return "## Exclusions\n\nNone.";
  const rows = exclusions.map(({ reason, constant, points, places }) => [
    thousands(points),
    constant === undefined ? "argument" : `proved ${constant}`,
    reason,
    places.map(({ file, points: names }) => `${file} ${short(names)}`).join("; "),
  ]);
  return `## Exclusions

Points that no stimulus reaches: bits that are found constant in the gates of the design, and what
\`tb/coverage/structure/exclusions.ts\` lists. *Proved*: Yosys' SAT solver shows, of the file's module by itself, that the
bits have that value in every cycle once the pipeline is full, whatever the inputs and the registers before. An entry that matches nothing, or
something that was reached, fails the run.

${markdownTable(["Points", "How", "Reason", "Where (line: bit)"], rows)}`;
}

const mostShown = 4;

function short(names: readonly string[]): string {
  const shown = names.slice(0, mostShown).join(", ");
  return names.length <= mostShown ? shown : `${shown}, ... (${names.length})`;
}

function howToRun({ measured, tools }: Coverage): string {
  return `## How to run it

\`\`\`
npm run coverage                        # what this page shows
npm run coverage -- --unit flare        # one unit, on the terminal
npm run coverage -- --seed 7 --out build
\`\`\`

It exits with 1 where something is neither reached nor excluded. Verilator ${tools.verilator}, Yosys ${tools.yosys}. The modules took
${thousands(measured.seconds)} s together, builds included, ${measured.jobs} at a time, in the run that first gave this result: it depends on the machine.`;
}

const limits = `## What it does not show

- That something was reached does not say that it is right: that is what the comparison with the golden models says, and mutants say how well it looks.
- Bits of the row buffers' memories are not counted: \`words_q\` is beyond the 4,096 bits up to which the build counts an array. Their ports are.
- Verilator 5.006 counts neither expressions nor state machines, and continuous assignments have no lines.
- Merging over instances: a bit that only one of eight lanes toggled counts as reached. The lanes' ports in the module above are counted one by one.
- The designs are those of \`rtl/\`. Other formats, lanes and depths are tried by the tests, without coverage.`;
