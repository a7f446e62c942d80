import type { LimitFunction } from "p-limit";
import { contentHash, recall, remember } from "../../gen/host/cache.ts";
import type { FoundTool } from "../../gen/host/tool.ts";
import { invariant } from "../../gen/host/user-error.ts";
import type { Design } from "../design.ts";
import { timeAll, timingKey, timingSchema, type Timing, type TimingPoint } from "../sta/time.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { elaborate, type Structure } from "../yosys/elaborate.ts";
import { mapAll, mapKey, mappedSchema, type Mapped } from "../yosys/map.ts";
import { YosysFailure } from "../yosys/run.ts";
import type { Candidate, Trial } from "./candidate.ts";

/** What a search runs with. */
export interface Bench {
  readonly sta: FoundTool;
  /** Lets a bounded number of tool processes run at once, of all searches together. */
  readonly limit: LimitFunction;
  /** Time limit of one run of a tool, milliseconds. */
  readonly timeoutMs: number;
}

/** Makes and times netlists; what the cache holds already costs no tool run. */
export type Evaluate = (trials: readonly Trial[]) => Promise<readonly Candidate[]>;

/** Netlists per tool run, at most: starting Yosys and reading a library cost as much as mapping one small lane. */
const mostPerRun = 10;
/** Characters of gates mapped in one run, more or less: of a large design few netlists at once, so that all processes have work. */
const gatesPerRun = 3_000_000;

export function evaluator(bench: Bench, design: Design, technology: PreparedTechnology): Evaluate {
  const gates = new Map<Structure, Promise<string>>();
  const gatesOf = (structure: Structure): Promise<string> => {
    const known = gates.get(structure) ?? bench.limit(() => elaborate(design, structure, bench.timeoutMs));
    gates.set(structure, known);
    return known;
  };
  return async (trials) => {
    const structures = [...new Set(trials.map((trial) => trial.structure))];
    const perStructure = structures.map(async (structure) => {
      const own = trials.filter((trial) => trial.structure === structure);
      return evaluateAll(bench, design, technology, await gatesOf(structure), own);
    });
    return (await Promise.all(perStructure)).flat();
  };
}

async function evaluateAll(
  bench: Bench,
  design: Design,
  technology: PreparedTechnology,
  gates: string,
  trials: readonly Trial[],
): Promise<readonly Candidate[]> {
  const gatesHash = contentHash(gates);
  const keyOf = (trial: Trial): string => mapKey(gatesHash, technology, trial);
  const makeAndTime = async (some: readonly Trial[]): Promise<void> => {
    const netlists = await mapAll(design, gates, technology, some, bench.timeoutMs);
    const timings = await timeAll(bench.sta, design, technology, netlists, bench.timeoutMs);
    netlists.forEach((netlist, i) => {
      const trial = some[i];
      invariant(trial !== undefined, "a trial for every netlist");
      remember("timing", timingKey(bench.sta, design, technology, netlist), JSON.stringify(timings[i]));
      remember("netlist", keyOf(trial), JSON.stringify(netlist));
    });
  };
  const missing = trials.filter((trial) => recall("netlist", keyOf(trial)) === undefined);
  const perRun = Math.min(mostPerRun, Math.ceil(gatesPerRun / gates.length));
  const failures = await Promise.all(
    chunks(missing, perRun).map((chunk) => bench.limit(() => passingOverFailures(chunk, makeAndTime))),
  );
  const candidates: Candidate[] = [];
  for (const trial of trials) {
    const stored = recall("netlist", keyOf(trial));
    if (stored === undefined) continue;
    const netlist = mappedSchema.parse(JSON.parse(stored));
    candidates.push(candidateOf(technology, trial, netlist, await timeOne(bench, design, technology, netlist)));
  }
  const [failure] = failures.flat();
  if (candidates.length === 0 && failure !== undefined) throw failure;
  return candidates;
}

/**
 * A recipe may fail on a library (ABC's `map` crashes on one whose tables have two rows); the other trials of its run still count.
 * Halves the run until those that fail are alone, and returns why they did.
 */
async function passingOverFailures(
  trials: readonly Trial[],
  work: (some: readonly Trial[]) => Promise<void>,
): Promise<readonly YosysFailure[]> {
  try {
    await work(trials);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof YosysFailure)) throw thrown;
    if (trials.length === 1) return [thrown];
    const half = Math.ceil(trials.length / 2);
    const first = await passingOverFailures(trials.slice(0, half), work);
    return [...first, ...(await passingOverFailures(trials.slice(half), work))];
  }
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

function candidateOf(technology: PreparedTechnology, trial: Trial, mapped: Mapped, timing: Timing): Candidate {
  return {
    trial,
    verilog: mapped.verilog,
    cells: mapped.cells,
    areaUm2: cellArea(technology, mapped.cells),
    periodPs: timing.periodPs,
  };
}

/** The summed area of instances, square micrometres. */
export function cellArea(technology: PreparedTechnology, cells: Readonly<Record<string, number>>): number {
  return Object.entries(cells).reduce(
    (sum, [name, count]) => sum + (technology.cells.get(name)?.area ?? NaN) * count,
    0,
  );
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) =>
    items.slice(Math.floor((i * items.length) / count), Math.floor(((i + 1) * items.length) / count)),
  );
}
