import type { AssembledNetlist } from "../netlist/assemble.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import type { Timing } from "../sta/time.ts";
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

/** A netlist of the search, and how large and fast it is. */
export interface TimedNetlist extends Timing {
  readonly trial: Trial;
  readonly netlist: MappedNetlist;
  readonly cells: AssembledNetlist["cells"];
  readonly areaUm2: number;
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
export function fastest(netlists: readonly TimedNetlist[]): TimedNetlist | undefined {
  return sorted(netlists, (a, b) => a.periodPs - b.periodPs || a.areaUm2 - b.areaUm2)[0];
}

/** The smallest with at most this clock period. */
export function smallestWithin(netlists: readonly TimedNetlist[], periodPs: number): TimedNetlist | undefined {
  const fitting = netlists.filter((netlist) => netlist.periodPs <= periodPs);
  return sorted(fitting, (a, b) => a.areaUm2 - b.areaUm2 || a.periodPs - b.periodPs)[0];
}

/** Those that no other beats in both area and speed, from the smallest to the fastest. */
export function paretoFront(netlists: readonly TimedNetlist[]): readonly TimedNetlist[] {
  const bySize = sorted(netlists, (a, b) => a.areaUm2 - b.areaUm2 || a.periodPs - b.periodPs);
  const front: TimedNetlist[] = [];
  for (const netlist of bySize) {
    const last = front.at(-1);
    if (last === undefined || netlist.periodPs < last.periodPs) front.push(netlist);
  }
  return front;
}

function sorted(
  netlists: readonly TimedNetlist[],
  order: (a: TimedNetlist, b: TimedNetlist) => number,
): TimedNetlist[] {
  return [...netlists].sort(order);
}
