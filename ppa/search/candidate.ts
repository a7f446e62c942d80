import type { Structure } from "../yosys/elaborate.ts";
import type { Recipe } from "../yosys/recipes.ts";

/** A netlist to be tried: how it is made, and the delay it is made for. */
export interface Trial {
  readonly recipe: Recipe;
  readonly structure: Structure;
  /** What ABC aims at, picoseconds; it counts logic only, so that the clock period it leads to is longer. */
  readonly targetPs: number;
}

/** A netlist that was made and timed. */
export interface Candidate {
  readonly trial: Trial;
  readonly verilog: string;
  readonly cells: Readonly<Record<string, number>>;
  readonly areaUm2: number;
  /** The shortest clock period without negative slack, picoseconds. */
  readonly periodPs: number;
}

/** The trial's recipe as reports name it. */
export function trialName({ recipe, structure }: Trial): string {
  return structure === "flat" ? `${recipe.name}/flat` : recipe.name;
}

/** The fastest; the smallest of equals, then the first tried. */
export function fastest(candidates: readonly Candidate[]): Candidate | undefined {
  return sorted(candidates, (a, b) => a.periodPs - b.periodPs || a.areaUm2 - b.areaUm2)[0];
}

/** The smallest with at most this clock period. */
export function smallestWithin(candidates: readonly Candidate[], periodPs: number): Candidate | undefined {
  const fitting = candidates.filter((candidate) => candidate.periodPs <= periodPs);
  return sorted(fitting, (a, b) => a.areaUm2 - b.areaUm2 || a.periodPs - b.periodPs)[0];
}

/** Those that no other beats in both area and speed, from the smallest to the fastest. */
export function paretoFront(candidates: readonly Candidate[]): readonly Candidate[] {
  const bySize = sorted(candidates, (a, b) => a.areaUm2 - b.areaUm2 || a.periodPs - b.periodPs);
  const front: Candidate[] = [];
  for (const candidate of bySize) {
    const last = front.at(-1);
    if (last === undefined || candidate.periodPs < last.periodPs) front.push(candidate);
  }
  return front;
}

function sorted(candidates: readonly Candidate[], order: (a: Candidate, b: Candidate) => number): Candidate[] {
  return [...candidates].sort(order);
}
