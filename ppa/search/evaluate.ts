import type { LimitFunction } from "p-limit";
import { contentHash, recall, remember } from "../../gen/host/cache.ts";
import type { FoundTool } from "../../gen/host/tool.ts";
import { invariant } from "../../gen/host/user-error.ts";
import type { Design } from "../design.ts";
import type { Module } from "../netlist/netlist.ts";
import { timeAll, timingKey, timingSchema, type Timing, type TimingPoint } from "../sta/time.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { checkRegisters } from "../tech/requirements.ts";
import { elaborate, type Structure } from "../yosys/elaborate.ts";
import {
  assemble,
  mapKey,
  mapModules,
  mappedModulesSchema,
  mappedSchema,
  type Mapped,
  type MappedModules,
} from "../yosys/map.ts";
import { YosysFailure } from "../../gen/host/yosys.ts";
import { cellArea } from "./area.ts";
import { pointKey, type Candidate, type Point, type Trial } from "./candidate.ts";
import { variantOf, type Variant } from "./variant.ts";

/** What a search runs with. */
export interface Bench {
  readonly sta: FoundTool;
  /** Lets a bounded number of tool processes run at once, of all searches together. */
  readonly limit: LimitFunction;
  /** Time limit of one run of a tool, milliseconds. */
  readonly timeoutMs: number;
}

/** Makes and times netlists; what the cache holds already costs no tool run. */
export interface Evaluator {
  /** Maps all modules of the design once for each point. A recipe may fail on a library: its point is left out. */
  readonly map: (points: readonly Point[]) => Promise<readonly Variant[]>;
  /** Puts netlists together from modules that have been mapped, and times them. */
  readonly time: (trials: readonly Trial[]) => Promise<readonly Candidate[]>;
}

/** Points and netlists per tool run, at most: starting a tool and reading a library cost as much as one small lane. */
const mostPerRun = 10;
/** Characters of gates worked on in one run, more or less: of a large design few netlists at once, so that all processes have work. */
const gatesPerRun = 4_000_000;

interface Elaborated {
  readonly gates: string;
  readonly hash: string;
  readonly perRun: number;
}

export function evaluator(bench: Bench, design: Design, technology: PreparedTechnology): Evaluator {
  const elaborated = new Map<Structure, Promise<Elaborated>>();
  const gatesOf = (structure: Structure): Promise<Elaborated> => {
    const known = elaborated.get(structure) ?? elaborateOnce(bench, design, technology, structure);
    elaborated.set(structure, known);
    return known;
  };
  const mapped = new Map<string, KeyedModules>();
  return {
    async map(points) {
      const structures = [...new Set(points.map(({ structure }) => structure))];
      const perStructure = structures.map(async (structure) => {
        const own = points.filter((point) => point.structure === structure);
        return mapAll(bench, design, technology, await gatesOf(structure), own, mapped);
      });
      const [failure] = (await Promise.all(perStructure)).flat();
      const variants = points.flatMap((point) => {
        const found = mapped.get(pointKey(point));
        return found === undefined ? [] : [variantOf(design, technology, point, found.modules)];
      });
      if (variants.length === 0 && failure !== undefined) throw failure;
      return variants;
    },
    async time(trials) {
      const perRun = Math.min(...(await Promise.all([...elaborated.values()])).map((gates) => gates.perRun));
      const timed = chunks(trials, perRun).map((chunk) =>
        bench.limit(() => timeSome(bench, design, technology, chunk, mapped)),
      );
      return (await Promise.all(timed)).flat();
    },
  };
}

async function elaborateOnce(
  bench: Bench,
  design: Design,
  technology: PreparedTechnology,
  structure: Structure,
): Promise<Elaborated> {
  const gates = await bench.limit(() => elaborate(design, structure, bench.timeoutMs));
  checkRegisters(technology, design.name, gates);
  const perRun = Math.min(mostPerRun, Math.ceil(gatesPerRun / gates.length));
  return { gates, hash: contentHash(gates), perRun };
}

/** The modules made for a point, and what identifies them. */
interface KeyedModules {
  readonly key: string;
  readonly modules: MappedModules;
}

/** Puts what is mapped for the points into `mapped`; returns why points are missing there. */
async function mapAll(
  bench: Bench,
  design: Design,
  technology: PreparedTechnology,
  { gates, hash, perRun }: Elaborated,
  points: readonly Point[],
  mapped: Map<string, KeyedModules>,
): Promise<readonly YosysFailure[]> {
  const recalled = (point: Point): boolean => {
    const key = mapKey(hash, technology, point);
    const stored = mapped.has(pointKey(point)) ? undefined : recall("modules", key);
    if (stored !== undefined)
      mapped.set(pointKey(point), { key, modules: mappedModulesSchema.parse(JSON.parse(stored)) });
    return mapped.has(pointKey(point));
  };
  const work = async (some: readonly Point[]): Promise<void> => {
    const made = await mapModules(design, gates, technology, some, bench.timeoutMs);
    made.forEach((modules, i) => {
      const point = some[i];
      invariant(point !== undefined, "a point for all that is mapped");
      const key = mapKey(hash, technology, point);
      remember("modules", key, JSON.stringify(modules));
      mapped.set(pointKey(point), { key, modules });
    });
  };
  const missing = points.filter((point) => !recalled(point));
  const runs = chunks(missing, perRun).map((chunk) => bench.limit(() => passingOverFailures(chunk, work)));
  return (await Promise.all(runs)).flat();
}

/**
 * A recipe may fail on a library (ABC's `map` crashes on one whose tables have two rows); the other points of its run still count.
 * Halves the run until those that fail are alone, and returns why they did.
 */
async function passingOverFailures(
  points: readonly Point[],
  work: (some: readonly Point[]) => Promise<void>,
): Promise<readonly YosysFailure[]> {
  try {
    await work(points);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof YosysFailure)) throw thrown;
    if (points.length === 1) return [thrown];
    const half = Math.ceil(points.length / 2);
    const first = await passingOverFailures(points.slice(0, half), work);
    return [...first, ...(await passingOverFailures(points.slice(half), work))];
  }
}

/** Times netlists in one run of OpenSTA, or in none where all are known. */
async function timeSome(
  bench: Bench,
  design: Design,
  technology: PreparedTechnology,
  trials: readonly Trial[],
  mapped: ReadonlyMap<string, KeyedModules>,
): Promise<readonly Candidate[]> {
  const netlists = trials.map((trial) => netlistOf(design, technology, trial, mapped));
  const keyOf = (netlist: Mapped): string => timingKey(bench.sta, design, technology, netlist);
  const periods = new Map<Mapped, number>();
  for (const netlist of netlists) {
    const stored = recall("timing", keyOf(netlist));
    if (stored !== undefined) periods.set(netlist, timingSchema.parse(JSON.parse(stored)).periodPs);
  }
  const unknown = netlists.filter((netlist) => !periods.has(netlist));
  if (unknown.length > 0) {
    const timings = await timeAll(bench.sta, design, technology, unknown, bench.timeoutMs);
    unknown.forEach((netlist, i) => {
      const timing = timings[i];
      invariant(timing !== undefined, "a timing for every netlist");
      remember("timing", keyOf(netlist), JSON.stringify(timing));
      periods.set(netlist, timing.periodPs);
    });
  }
  return trials.map((trial, i) => {
    const netlist = netlists[i];
    const periodPs = netlist && periods.get(netlist);
    invariant(netlist !== undefined && periodPs !== undefined, "every trial has a netlist, every netlist a period");
    return { trial, ...netlist, areaUm2: cellArea(technology, netlist.cells), periodPs };
  });
}

/** The trial's netlist, of modules that have been mapped. */
function netlistOf(
  design: Design,
  technology: PreparedTechnology,
  trial: Trial,
  mapped: ReadonlyMap<string, KeyedModules>,
): Mapped {
  const made = (point: Point): KeyedModules => {
    const found = mapped.get(pointKey(point));
    invariant(found !== undefined, `${pointKey(point)} is mapped before it is timed`);
    return found;
  };
  const others = [...(trial.others ?? [])].map(([name, point]) => [name, made(point)] as const);
  const key = contentHash(made(trial).key, ...others.flatMap(([name, from]) => [name, from.key]));
  const stored = recall("netlist", key);
  if (stored !== undefined) return mappedSchema.parse(JSON.parse(stored));
  const modules = new Map<string, Module>(Object.entries(made(trial).modules.modules));
  for (const [name, from] of others) {
    const module = from.modules.modules[name];
    invariant(module !== undefined, `${name} is a module of ${design.name}`);
    modules.set(name, module);
  }
  const netlist = assemble(design, technology, modules);
  remember("netlist", key, JSON.stringify(netlist));
  return netlist;
}

/** The timing of one netlist, worst path included. */
export async function timeOne(
  bench: Bench,
  design: Design,
  technology: PreparedTechnology,
  point: TimingPoint,
): Promise<Timing> {
  const key = timingKey(bench.sta, design, technology, point);
  const stored = recall("timing", key);
  if (stored !== undefined) return timingSchema.parse(JSON.parse(stored));
  const [timing] = await bench.limit(() => timeAll(bench.sta, design, technology, [point], bench.timeoutMs));
  invariant(timing !== undefined, "one timing for one netlist");
  remember("timing", key, JSON.stringify(timing));
  return timing;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) =>
    items.slice(Math.floor((i * items.length) / count), Math.floor(((i + 1) * items.length) / count)),
  );
}
