import { markdownTable } from "../../gen/host/markdown.ts";
import type { Unknowns, UnknownsModule } from "./schema.ts";

/** `reports/unknowns.md`, from nothing but what `unknowns.json` holds. */
export function renderUnknowns({ modules }: Unknowns): string {
  const rows = modules.map((module) => [
    module.name,
    module.level === "rtl" ? "RTL" : `${module.level} gates`,
    figure(module.cycles),
    figure(module.beats),
    figure(module.unknownInputBits),
    figure(module.knownOutputBits),
    String(module.unknownOutputBits),
    figure(module.resets),
    String(module.comparisons),
    figure(module.elements),
    module.measured.seconds.toFixed(0),
  ]);
  const head = [
    "Module",
    "Level",
    "Cycles",
    "Beats",
    "Input bits X",
    "Output bits known",
    "X found",
    "Resets",
    "Compared with new",
    "Results compared",
    "Seconds",
  ];
  return `# Unknowns and reset

Written by \`npm run unknowns\` from \`unknowns.json\`; not edited by hand. In Icarus Verilog, which has four values, every
register starts as X, and every input bit that the contract of the ports gives no meaning is X in every cycle: data without their
valid, lanes that are not kept, padding, and all data in reset. ${summary(modules)}

- **No X comes out.** At every rising edge from the first one in reset on, each handshake output (valid, ready) was 0 or 1, in
  reset too; so was every bit of an output whose valid was high.
- **A reset leaves no trace.** Resets struck at random cycles, for 1 to 6 cycles, in the middle of rows and of both passes. From
  each one on the module gave, cycle by cycle, the handshakes and results that it gave when it was new, for the same beats
  and other bits where they mean nothing ("Compared with new").
- **A reset waits for no clock.** It was asserted while the clock stood still: the handshakes were at once what they are in reset.
- **The results are right as well.** "Results compared" are elements of results that were held
  against the golden model with X all around them, by the check of \`npm run sim\`.

${markdownTable(head, rows)}

Beats are counted in the cycles in which they were offered; bits are summed over cycles; seconds are of the run that first gave this
result and depend on the machine. unknowns.json has the seed, the version of Icarus and the spec of each line.

## How to run it

\`\`\`
npm run unknowns                                   # every module of rtl/
npm run ppa -- --netlists build/gates              # the netlists of the cores on osu018
npm run unknowns -- --gates build/gates            # and these
npm run sim -- --simulator icarus --unit flare     # the checks of npm run sim by themselves
\`\`\`

## What it does not show

- Models of cells are their Liberty functions, without delays: no hazards, no violated setup time, no recovery of the reset.
  A cell's formula makes X of an unknown select even where both its inputs are equal, which is on the safe side.
- \`if\` and \`case\` in SystemVerilog take X for 0, which can hide one; of the netlists' gates, none does.
- The AXI4-Stream wrappers have no netlist: only cores are mapped.
`;
}

function summary(modules: readonly UnknownsModule[]): string {
  const total = (of: (module: UnknownsModule) => number): string =>
    figure(modules.reduce((sum, module) => sum + of(module), 0));
  const names = new Set(modules.map(({ name }) => name)).size;
  const netlists = modules.filter(({ level }) => level !== "rtl").length;
  const bits = total(({ unknownInputBits }) => unknownInputBits);
  return `So ${bits} input bits
were X in ${total(({ cycles }) => cycles)} cycles of ${names} modules and ${netlists} netlists of theirs, and **no X was found** among the
${total(({ knownOutputBits }) => knownOutputBits)} output bits that had to be known.`;
}

const figure = (count: number): string => count.toLocaleString("en-US");
