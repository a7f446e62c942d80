import type { Design } from "../design.ts";
import type { Module } from "../netlist/netlist.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { MappedModules } from "../yosys/map.ts";
import type { Point, Trial } from "./timed.ts";

/** All modules of a design, mapped in one way. */
export interface Variant {
  readonly point: Point;
  readonly modules: ReadonlyMap<string, ModuleFacts>;
}

/** What is known of a mapped module before it is part of a timed netlist. */
export interface ModuleFacts {
  /** Of all its instances in the design together, as are the cells; without what they hold of other modules. */
  readonly areaUm2: number;
  readonly cells: number;
  /** The longest way through its logic as ABC sees it: between registers and ports, without the registers' own delay. */
  readonly delayPs: number;
}

/** A netlist that could be put together, and what ABC's figures promise of it. */
export interface Outlook {
  readonly trial: Trial;
  readonly areaUm2: number;
  readonly cells: number;
  readonly delayPs: number;
}

export function variantOf(
  design: Design,
  technology: PreparedTechnology,
  point: Point,
  { modules, delaysPs }: MappedModules,
): Variant {
  const counts = instanceCounts(modules, design.name);
  const facts = Object.entries(modules).map(([name, { cells }]) => {
    const areas = Object.values(cells).map(({ type }) => technology.cells.get(type)?.area ?? 0);
    const count = counts.get(name) ?? 0;
    const areaUm2 = areas.reduce((sum, area) => sum + area, 0) * count;
    return [name, { areaUm2, cells: areas.length * count, delayPs: delaysPs[name] ?? 0 }] as const;
  });
  return { point, modules: new Map(facts) };
}

function instanceCounts(modules: Readonly<Record<string, Module>>, top: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const visit = (name: string): void => {
    const module = modules[name];
    if (module === undefined) return;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const { type } of Object.values(module.cells)) visit(type);
  };
  visit(top);
  return counts;
}

/**
 * The netlist whose clock is limited by this variant of the module that limits it in every variant; each other module is the
 * smallest of its variants whose delay is within `room` of that module's, or the fastest where none is.
 */
export function compose(variant: Variant, variants: readonly Variant[], room: number, leastPs: number): Outlook {
  const rivals = variants.filter(({ point }) => point.structure === variant.point.structure);
  const limiting = limitingModule(rivals);
  const bound = Math.max(leastPs, variant.modules.get(limiting)?.delayPs ?? 0) * room;
  const others = new Map<string, Point>();
  let [areaUm2, cells, delayPs] = [0, 0, 0];
  for (const [name, own] of variant.modules) {
    const [chosen, facts] = name === limiting ? [variant, own] : smallestWithin(name, variant, rivals, bound);
    if (chosen !== variant) others.set(name, chosen.point);
    areaUm2 += facts.areaUm2;
    cells += facts.cells;
    delayPs = Math.max(delayPs, facts.delayPs);
  }
  return { trial: { ...variant.point, ...(others.size > 0 ? { others } : {}) }, areaUm2, cells, delayPs };
}

/** The module that is the slowest even where each is at its fastest. */
function limitingModule(variants: readonly Variant[]): string {
  const fastest = new Map<string, number>();
  for (const { modules } of variants) {
    for (const [name, { delayPs }] of modules) fastest.set(name, Math.min(fastest.get(name) ?? Infinity, delayPs));
  }
  return [...fastest].reduce((worst, next) => (next[1] > worst[1] ? next : worst), ["", -1])[0];
}

function smallestWithin(
  module: string,
  own: Variant,
  variants: readonly Variant[],
  bound: number,
): readonly [Variant, ModuleFacts] {
  const known = [own, ...variants].flatMap((variant) => {
    const facts = variant.modules.get(module);
    return facts === undefined ? [] : [[variant, facts] as const];
  });
  const fitting = known.filter(([, { delayPs }]) => delayPs <= bound);
  const key = ({ areaUm2, delayPs }: ModuleFacts): readonly [number, number] =>
    fitting.length > 0 ? [areaUm2, delayPs] : [delayPs, areaUm2];
  return (fitting.length > 0 ? fitting : known).reduce((best, next) => {
    const [[a, b], [c, d]] = [key(next[1]), key(best[1])];
    return a < c || (a === c && b < d) ? next : best;
  });
}

/**
 * Those that no other one promises to beat clearly, in delay at no more area; of too many the fastest, and always the smallest.
 */
export function worthTiming(outlooks: readonly Outlook[], most: number): readonly Outlook[] {
  const worthwhile = outlooks.filter(
    (outlook) =>
      !outlooks.some((other) => other.delayPs * clearly <= outlook.delayPs && other.areaUm2 <= outlook.areaUm2),
  );
  const bySpeed = [...worthwhile].sort((a, b) => a.delayPs - b.delayPs || a.areaUm2 - b.areaUm2);
  const [smallest] = [...worthwhile].sort((a, b) => a.areaUm2 - b.areaUm2 || a.delayPs - b.delayPs);
  const chosen = bySpeed.slice(0, most);
  return smallest === undefined || chosen.includes(smallest) ? chosen : [...chosen, smallest];
}

/** ABC's delays and OpenSTA's periods differ by an offset that is the same for all netlists of a design, to a few percent of either. */
const clearly = 1.04;
