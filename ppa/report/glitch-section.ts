import { heading, table, text, type Block } from "./document.ts";
import { figureText } from "./metrics.ts";
import { designOf, designTitle, fusion } from "../families/index.ts";

/** What a simulation with delays adds, as the page shows it. */
export interface GlitchFigures {
  readonly tech: string;
  readonly workload: { readonly name: string };
  readonly units: readonly {
    readonly unit: string;
    /** Of all transitions, from 0 to 1. */
    readonly transitions: { readonly glitchShare: number };
    /** Power with glitches : without, at fmax first. */
    readonly power: readonly {
      readonly atMHz: number;
      readonly factor: number;
      readonly withGlitches: { readonly totalUw: number };
      readonly withoutGlitches: { readonly totalUw: number };
    }[];
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
      [
        "",
        "glitches, of all transitions",
        ...frequencies.flatMap((i) => [
          i === 0 ? "at fmax, MHz" : "at MHz",
          i === 0 ? "power, times" : "power there, times",
        ]),
      ],
      units.map(({ unit, transitions, power }) => [
        designTitle(unit),
        `${figureText(transitions.glitchShare * 100)} %`,
        ...power.flatMap(({ atMHz, factor }) => [String(atMHz), figureText(factor)]),
      ]),
    ),
    ...fusionSentence(units),
    text("From `glitches.json`: `units[].transitions.glitchShare`, `units[].power[]`."),
  ];
}

/** Glitches do not take equally much of all units: what they make of the ratio that is shown first. */
function fusionSentence(units: GlitchFigures["units"]): Block[] {
  const at = (unit: string): GlitchFigures["units"][number]["power"][number] | undefined =>
    units.find((candidate) => candidate.unit === unit)?.power.at(-1);
  const [fused, unfused] = [at(designOf(fusion.fused)), at(designOf(fusion.unfused))];
  if (fused === undefined || unfused === undefined || fused.atMHz !== unfused.atMHz) return [];
  const without = fused.withoutGlitches.totalUw / unfused.withoutGlitches.totalUw;
  const withGlitches = fused.withGlitches.totalUw / unfused.withGlitches.totalUw;
  return [
    text(
      `FLARE : FIRE+ReLU, power at ${fused.atMHz} MHz: ${figureText(without)} without glitches, ${figureText(withGlitches)} with them.`,
      "FIRE+ReLU's adder works, and glitches, for every element.",
    ),
  ];
}
