import { rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, rename } from "../../gen/host/files.ts";
import { invariant, messageOf } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { seededRandom, seedFor } from "../bench/random.ts";
import { openDut, type Simulator } from "../dut/open.ts";
import { Recorder, type Trace } from "../dut/recorder.ts";
import type { Waveform } from "../dut/verilator/process.ts";
import { traceFormat } from "../dut/verilator/trace-format.ts";
import type { Judge } from "./judge.ts";
import type { CheckObserver } from "./observer.ts";
import type { Outcome } from "./outcome.ts";

export interface CheckRequest {
  readonly entry: ModuleEntry;
  readonly judge: Judge;
  readonly simulator: Simulator;
  /** The seed of the run; the check's own is `seedFor` it and the module's name. */
  readonly seed: number;
  readonly vectors: number;
  /** Records a waveform of the whole check; without it, only what led to a failure is recorded. */
  readonly trace: boolean;
  /** Where waveforms go; default: in the cache. */
  readonly waves?: string | undefined;
  /** Counts lines, branches and toggles into this file, with Verilator; not together with `trace`. */
  readonly coverage?: string;
  /** Told of what is judged. */
  readonly observer?: CheckObserver;
  readonly onProgress?: (done: number) => void;
}

export interface CheckResult extends Outcome {
  readonly entry: ModuleEntry;
  /** The seed of the run, and the one that was made of it for this check. */
  readonly seed: number;
  readonly ownSeed: number;
  readonly seconds: number;
  /** The recorded waveform, or why there is none. */
  readonly waveform: string | undefined;
  /** The ports in the cycles that led to the failure. */
  readonly trace: Trace | undefined;
}

/** Cycles before and after a failure that its waveform holds. */
const window = { before: 64, after: 8 } as const;
/** Cycles of the ports that are remembered for the failure's message. */
export const rememberedCycles = 16;

/**
 * Checks one module of a manifest from reset to end, and records a waveform of what fails.
 * @throws UserError when the simulator cannot be built, dies or hangs: that says nothing about the design
 */
export async function check(request: CheckRequest): Promise<CheckResult> {
  const started = performance.now();
  const whole = { firstCycle: 0, lastCycle: Number.MAX_SAFE_INTEGER };
  const first = await simulateOnce(request, request.trace ? whole : undefined);
  const { failure } = first.outcome;
  const waveform =
    failure === undefined || request.trace ? first.waveform : await recordFailure(request, failure.cycle);
  const { entry, seed } = request;
  const ownSeed = seedFor(seed, entry.name);
  const seconds = (performance.now() - started) / 1000;
  return { ...first.outcome, entry, seed, ownSeed, waveform, trace: first.trace, seconds };
}

type CycleRange = { readonly firstCycle: number; readonly lastCycle: number };

/** The same stimulus again, with a build that records, up to a little after the failure. */
async function recordFailure(request: CheckRequest, cycle: number): Promise<string> {
  const { kind } = request.simulator;
  if (kind !== "verilator") return `none: ${kind} records none; use --simulator verilator`;
  try {
    const range = { firstCycle: Math.max(cycle - window.before, 0), lastCycle: cycle + window.after };
    const { outcome, waveform } = await simulateOnce(withoutListeners(request), range);
    const again = outcome.failure?.cycle;
    if (again === cycle) return waveform ?? "none";
    return `none: the recording run ${again === undefined ? "passed" : `failed at cycle ${again}`}, so something is not repeatable`;
  } catch (thrown) {
    return `none: ${messageOf(thrown)}`;
  }
}

function withoutListeners({ entry, judge, simulator, seed, vectors, trace, waves }: CheckRequest): CheckRequest {
  return { entry, judge, simulator, seed, vectors, trace, waves };
}

interface Simulated {
  readonly outcome: Outcome;
  readonly waveform: string | undefined;
  readonly trace: Trace | undefined;
}

async function simulateOnce(request: CheckRequest, range: CycleRange | undefined): Promise<Simulated> {
  const { entry, simulator } = request;
  const seed = seedFor(request.seed, entry.name);
  const waveform = range === undefined ? undefined : await waveformOf(request, range);
  const { coverage, observer } = request;
  const recording = {
    ...(waveform === undefined ? {} : { waveform }),
    ...(coverage === undefined ? {} : { coverage }),
  };
  const opened = await openDut(entry, simulator, { seed, initial: initialValues(seed), ...recording });
  const dut = new Recorder(opened, rememberedCycles, (ticked) => observer?.ticked?.(ticked));
  try {
    const lastCycle = range === undefined ? {} : { lastCycle: range.lastCycle };
    const onProgress = request.onProgress ?? (() => undefined);
    const outcome = await request.judge(dut, entry, {
      seed,
      vectors: request.vectors,
      observer,
      onProgress,
      onFailure: (cycle) => {
        dut.keep(cycle);
      },
      ...lastCycle,
    });
    invariant(outcome.failure !== undefined || outcome.vectors > 0, `${entry.name}: the check compared nothing`);
    const trace = outcome.failure === undefined ? undefined : dut.trace;
    await dut.close();
    if (waveform !== undefined) rename(waveform.path, waveform.finalPath);
    return { outcome, waveform: waveform?.finalPath, trace };
  } finally {
    await dut.close();
    if (waveform !== undefined) removeLeftovers(waveform);
  }
}

/** A recorder that was killed leaves its file, and the one in which the writer of FST collects the hierarchy. */
function removeLeftovers({ path }: Waveform): void {
  for (const leftover of [path, `${path}.hier`]) rmSync(leftover, { force: true });
}

/** Recorded under another name, so that what bears the final one is whole. */
async function waveformOf(
  { entry, simulator, seed, waves }: CheckRequest,
  range: CycleRange,
): Promise<Waveform & { readonly finalPath: string }> {
  const format = simulator.kind === "verilator" ? await traceFormat(simulator.tools.compiler) : "vcd";
  const finalPath = join(waves ?? join(cacheFolder(), "waves"), `${entry.name}-seed${seed}.${format}`);
  return { path: `${finalPath}.${process.pid}.part`, finalPath, format, ...range };
}

/** What registers hold before reset, in the interpreter; Verilator makes its own of the same seed. */
function initialValues(seed: number): (width: number) => bigint {
  const random = seededRandom(seedFor(seed, "registers before reset"));
  return (width) => {
    let value = 0n;
    for (let bits = 0; bits < width; bits += 32) value = (value << 32n) | BigInt(random.uint32());
    return BigInt.asUintN(width, value);
  };
}
