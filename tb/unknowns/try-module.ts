import type { Icarus } from "../../gen/host/icarus.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { seedFor } from "../bench/random.ts";
import { check } from "../check/check.ts";
import type { Judge } from "../check/judge.ts";
import { CheckFailure, unknownFailure, type Failure } from "../check/outcome.ts";
import { openDut, type IcarusSimulator } from "../dut/open.ts";
import { portContract } from "../dut/contract.ts";
import { UnknownOutput, type UnknownCounts } from "../dut/unknowns/dut.ts";
import { checkResets, type ResetPlan } from "./reset.ts";

/** A module at one level: the text that was generated, or the netlist that it became. */
export interface Subject {
  readonly entry: ModuleEntry;
  /** Where its files are. */
  readonly folder: string;
  /** `rtl`, or the technology of a netlist. */
  readonly level: string;
}

export interface TryOptions {
  readonly judge: Judge;
  readonly icarus: Icarus;
  readonly seed: number;
  readonly vectors: number;
  readonly timeLimitMs: number;
  readonly onProgress?: (done: number) => void;
}

export interface Tried {
  readonly subject: Subject;
  /** Elements compared with the golden model. */
  readonly elements: number;
  readonly counts: UnknownCounts;
  readonly comparisons: number;
  readonly failure: Failure | undefined;
  readonly seconds: number;
}

/** Netlists are simulated some fifty times more slowly than text. */
const plans = {
  rtl: { rounds: 12, cycles: 300, before: 300 },
  netlist: { rounds: 4, cycles: 150, before: 150 },
} as const satisfies Record<string, Omit<ResetPlan, "seed">>;

/**
 * Runs a module with X at its inputs wherever its contract allows it: through the check of `npm run sim`, and behind resets
 * beside itself when new.
 */
export async function tryModule(subject: Subject, options: TryOptions): Promise<Tried> {
  const started = performance.now();
  const { entry, folder, level } = subject;
  const { judge, icarus, seed, vectors, timeLimitMs, onProgress = () => undefined } = options;
  const closed: UnknownCounts[] = [];
  const simulator: IcarusSimulator = {
    kind: "icarus",
    rtlFolder: folder,
    tools: icarus,
    timeLimitMs,
    onClose: (counts) => closed.push(counts),
  };
  const tried = (failure: Failure | undefined, elements: number, comparisons: number): Tried => {
    const seconds = (performance.now() - started) / 1000;
    return { subject, failure, elements, comparisons, counts: sumOf(closed), seconds };
  };
  const isNetlist = level !== "rtl";
  const { failure: wrong, vectors: elements } = await check({
    entry,
    judge,
    simulator,
    seed,
    vectors,
    trace: false,
    onProgress,
  });
  if (wrong !== undefined) return tried(wrong, elements, 0);
  const plan = { ...plans[isNetlist ? "netlist" : "rtl"], seed: seedFor(seed, entry.name) };
  const failure = await failureOf(() =>
    checkResets(() => openDut(entry, simulator, { seed: plan.seed }), portContract(entry), plan),
  );
  return tried(failure, elements, plan.rounds);
}

async function failureOf(run: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await run();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof CheckFailure) return thrown.failure;
    if (thrown instanceof UnknownOutput) return unknownFailure(thrown);
    throw thrown;
  }
}

function sumOf(all: readonly UnknownCounts[]): UnknownCounts {
  const total = (of: keyof UnknownCounts): number => all.reduce((sum, counts) => sum + counts[of], 0);
  return {
    cycles: total("cycles"),
    resets: total("resets"),
    beats: total("beats"),
    unknownBits: total("unknownBits"),
    checkedBits: total("checkedBits"),
  };
}
