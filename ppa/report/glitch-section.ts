import { heading, table, text, type Block } from "./document.ts";
import { figureText } from "./metrics.ts";
import { unitTitle } from "./units.ts";

/** What a simulation with delays adds, as the page shows it. */
export interface GlitchFigures {
  readonly tech: string;
  readonly workload: { readonly name: string };
  readonly units: readonly {
    readonly unit: string;
    /** Of all transitions, from 0 to 1. */
    readonly transitions: { readonly glitchShare: number };
    /** Power with glitches : without, at fmax first. */
    readonly power: readonly { readonly atMHz: number; readonly factor: number }[];
  }[];
}

/** How far the figures above are too low; nothing where it was not measured. */
export function glitchSection(glitches: GlitchFigures | undefined): Block[] {
  if (glitches === undefined) return [];
  const { tech, workload, units } = glitches;
  const most = Math.max(...units.map(({ power }) => power.length));
  const frequencies = Array.from({ length: most }, (_, i) => i);
  return [
    heading(2, "What glitches would add"),
    text(
      `Measured once, on ${tech} with the workload \`${workload.name}\`: the same netlists simulated with the delays of their cells. No other`,
      "table or plot has glitches in it.",
    ),
    table(
      ["", "glitches, of all transitions", ...frequencies.flatMap(() => ["at MHz", "power, times"])],
      units.map(({ unit, transitions, power }) => [
        unitTitle(unit),
        `${figureText(transitions.glitchShare * 100)} %`,
        ...power.flatMap(({ atMHz, factor }) => [String(atMHz), figureText(factor)]),
      ]),
    ),
    text("From `glitches.json`: `units[].transitions.glitchShare`, `units[].power[].factor`."),
  ];
}
