import type { Structure } from "../yosys/elaborate.ts";
import type { MapPoint } from "../yosys/map.ts";

/** A way to map all modules of a design. */
export interface Point extends MapPoint {
  readonly structure: Structure;
}

/** A netlist to be tried: how its modules are made. */
export interface Trial extends Point {
  /** Modules that are made in another way than the rest, by name: those that can be smaller without slowing the clock. */
  readonly others?: ReadonlyMap<string, Point>;
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

/** The trial's recipe as reports name it: that of the module which limits the clock. */
export function trialName({ recipe, structure, others }: Trial): string {
  const suffix = structure === "flat" ? "/flat" : others === undefined || others.size === 0 ? "" : "/mixed";
  return `${recipe.name}${suffix}`;
}

/** Tells points apart. */
export function pointKey({ recipe, structure, targetPs }: Point): string {
  return `${recipe.name} ${structure} ${targetPs}`;
}

/** Tells trials apart. */
export function trialKey(trial: Trial): string {
  const others = [...(trial.others ?? [])].map(([module, point]) => `${module}: ${pointKey(point)}`);
  return [pointKey(trial), ...others.sort()].join("; ");
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
