import { figure, markdownTable } from "../../gen/host/markdown.ts";
import type { Glitches, UnitGlitches } from "../report/glitches.ts";

/** `reports/glitches.md`. */
export function renderGlitches({ tech, corner, tools, workload, units }: Glitches): string {
  const seed = workload.seed === undefined ? "" : `, seed ${workload.seed}`;
  const frequencies = (i: number): string => (i === 0 ? "at fmax" : `at ${String(units[0]?.power[i]?.atMHz)} MHz`);
  const powerAt = (i: number): string =>
    `## Power ${frequencies(i)}\n\n${markdownTable(
      ["Unit", "MHz", "Without, mW", "With glitches, mW", "Factor", "of internal", "of switching"],
      units.map((unit) => powerRow(unit, i)),
    )}`;
  return `# Glitches

Written by \`npm run glitches\` from \`glitches.json\`; not edited by hand. The reports' activity comes from simulation without delays, in
which a net changes once per cycle or not at all. Here the same netlists run in Icarus Verilog ${tools.iverilog} with the delays of each
cell and edge that OpenSTA ${tools.sta} writes (SDF), on vectors of the workload \`${workload.name}\`${seed}, at the shortest period
that the report of each unit states; every transition is counted. What a net settles at is checked to change as often as without delays, net by
net, so that the rest are glitches. Technology ${tech}, ${corner}; no wires, no clock tree.

${markdownTable(
  ["Unit", "Cells", "Vectors", "Cycles", "Transitions", "Settled", "Glitches, % of all"],
  units.map(({ unit, cells, vectors, cycles, transitions }) => [
    unit,
    `${cells}`,
    `${vectors.length}`,
    `${cycles}`,
    `${transitions.all}`,
    `${transitions.settled}`,
    (100 * transitions.glitchShare).toFixed(1),
  ]),
)}

Transitions are those of the nets that cells drive, clock excluded; cycles are those of the vectors that the energy of a vector is averaged over.

${[0, 1].map(powerAt).join("\n\n")}

Both columns are this project's own power of the same netlist, vectors and time high of each net; only the transitions differ. All glitches
come and go within a cycle, so that they are as many at any lower frequency.

What this is not: a cell passes a pulse that is at least as long as its delay, at full swing, and swallows a shorter one (inertial
delay, as Icarus has it; of several changes within one delay the last takes effect when the first is due); real pulses lose height and
length by degrees. A cell's delay is the maximum that setup checks use, whatever its other inputs do at the time. All inputs change at the
clock's edge, through their driving cells. With wires, delays and thereby glitches are others.
`;
}

function powerRow({ unit, power }: UnitGlitches, i: number): string[] {
  const at = power[i];
  if (at === undefined) return [unit];
  const { withoutGlitches: without, withGlitches: all } = at;
  return [
    unit,
    figure(at.atMHz),
    figure(without.totalUw / 1000),
    figure(all.totalUw / 1000),
    at.factor.toFixed(3),
    (all.internalUw / without.internalUw).toFixed(3),
    (all.switchingUw / without.switchingUw).toFixed(3),
  ];
}
