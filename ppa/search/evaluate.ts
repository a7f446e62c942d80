import { keyOf, runStage, runStageOnAll } from "../../gen/host/stage.ts";
import { invariant } from "../../gen/host/user-error.ts";
import { YosysFailure } from "../../gen/host/yosys.ts";
import type { Design } from "../design.ts";
import { areaOf, assembly, type Parts } from "../netlist/assemble.ts";
import { mappedNetlist } from "../netlist/mapped.ts";
import { timing } from "../sta/time.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { checkRegisters } from "../tech/requirements.ts";
import type { Tools } from "../tools.ts";
import { elaboration, type Structure } from "../yosys/elaborate.ts";
import { mapping, type Gates, type MappedModules } from "../yosys/map.ts";
import { pointKey, trialName, type Point, type TimedNetlist, type Trial } from "./timed.ts";
import { variantOf, type Variant } from "./variant.ts";

/** Makes and times netlists; what the cache holds already costs no tool run. */
export interface Evaluator {
  /** Maps all modules of the design once for each point. A recipe may fail on a library: its point is left out. */
  readonly map: (points: readonly Point[]) => Promise<readonly Variant[]>;
  /** Puts netlists together from modules that have been mapped, and times them. */
  readonly time: (trials: readonly Trial[]) => Promise<readonly TimedNetlist[]>;
}

/** Points and netlists per tool run, at most: starting a tool and reading a library cost as much as one small lane. */
const mostPerRun = 10;
/** Characters of gates worked on in one run, more or less: of a large design few netlists at once, so that all processes have work. */
const gatesPerRun = 4_000_000;

/** The modules made for a point, and what identifies them. */
interface KeyedModules {
  readonly key: string;
  readonly modules: MappedModules;
}

export function evaluator(tools: Tools, design: Design, technology: PreparedTechnology): Evaluator {
  const elaborated = new Map<Structure, Promise<Gates>>();
  const mapped = new Map<string, KeyedModules>();
  const gatesOf = (structure: Structure): Promise<Gates> => {
    const known = elaborated.get(structure) ?? elaborate(tools, design, technology, structure);
    elaborated.set(structure, known);
    return known;
  };
  /** Puts what is mapped for the points of one structure into `mapped`; returns why points are missing there. */
  const mapAll = async (structure: Structure, points: readonly Point[]): Promise<readonly YosysFailure[]> => {
    const gates = await gatesOf(structure);
    const stage = mapping(tools, technology, gates);
    const work = async (some: readonly Point[]): Promise<void> => {
      const made = await runStageOnAll(stage, some);
      some.forEach((point, i) => {
        const modules = made[i];
        if (modules !== undefined) mapped.set(pointKey(point), { key: keyOf(stage, point), modules });
      });
    };
    const runs = chunks(points, perRun(gates)).map((chunk) => passingOverFailures(chunk, work));
    return (await Promise.all(runs)).flat();
  };
  return {
    async map(points) {
      const structures = [...new Set(points.map(({ structure }) => structure))];
      const failures = structures.map((structure) => {
        const own = points.filter((point) => point.structure === structure && !mapped.has(pointKey(point)));
        return mapAll(structure, own);
      });
      const [failure] = (await Promise.all(failures)).flat();
      const variants = points.flatMap((point) => {
        const found = mapped.get(pointKey(point));
        return found === undefined ? [] : [variantOf(design, technology, point, found.modules)];
      });
      if (variants.length === 0 && failure !== undefined) throw failure;
      return variants;
    },
    async time(trials) {
      const most = Math.min(...(await Promise.all([...elaborated.values()])).map(perRun));
      const timed = chunks(trials, most).map((chunk) => timeSome(tools, design, technology, chunk, mapped));
      return (await Promise.all(timed)).flat();
    },
  };
}

async function elaborate(
  tools: Tools,
  design: Design,
  technology: PreparedTechnology,
  structure: Structure,
): Promise<Gates> {
  const text = await runStage(elaboration(tools, structure), design);
  checkRegisters(technology, design.name, text);
  return { design: design.name, text };
}

function perRun({ text }: Gates): number {
  return Math.min(mostPerRun, Math.ceil(gatesPerRun / text.length));
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

/** Puts netlists together and times them, in one run of OpenSTA, or in none if all are known. */
async function timeSome(
  tools: Tools,
  design: Design,
  technology: PreparedTechnology,
  trials: readonly Trial[],
  mapped: ReadonlyMap<string, KeyedModules>,
): Promise<readonly TimedNetlist[]> {
  const parts = trials.map((trial) => partsOf(trial, mapped));
  const assembled = (await runStageOnAll(assembly(design, technology), parts)).map(({ text, cells }, i) => {
    const trial = trials[i];
    invariant(trial !== undefined, "a netlist for every trial");
    return { trial, cells, netlist: mappedNetlist(design, technology, trialName(trial), text) };
  });
  const timings = await runStageOnAll(
    timing(tools),
    assembled.map(({ netlist }) => netlist),
  );
  return assembled.map((made, i) => {
    const timed = timings[i];
    invariant(timed !== undefined, "a timing for every netlist");
    return { ...made, ...timed, areaUm2: areaOf(technology, made.cells) };
  });
}

/** The modules of a trial's netlist, which have been mapped. */
function partsOf(trial: Trial, mapped: ReadonlyMap<string, KeyedModules>): Parts {
  const made = (point: Point): KeyedModules => {
    const found = mapped.get(pointKey(point));
    invariant(found !== undefined, `${pointKey(point)} is mapped before it is timed`);
    return found;
  };
  const own = made(trial);
  const others = [...(trial.others ?? [])].map(([name, point]) => [name, made(point)] as const);
  const modules = new Map(Object.entries(own.modules.modules));
  for (const [name, { modules: from }] of others) {
    const module = from.modules[name];
    invariant(module !== undefined, `${name} is a module of the design`);
    modules.set(name, module);
  }
  return { modules, keys: [own.key, ...others.flatMap(([name, { key }]) => [name, key])] };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) =>
    items.slice(Math.floor((i * items.length) / count), Math.floor(((i + 1) * items.length) / count)),
  );
}
