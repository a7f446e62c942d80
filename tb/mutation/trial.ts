import { z } from "zod";
import { invariant } from "../../gen/host/user-error.ts";
import { seedFor } from "../bench/random.ts";
import type { Judge } from "../check/judge.ts";
import { failureKinds, type FailureKind } from "../check/outcome.ts";
import { SimulatorError } from "../dut/dut.ts";
import { openVerilator } from "../dut/verilator/dut.ts";
import { selectPort, type Netlist } from "./netlist.ts";
import { CycleLimit, SelectedDut } from "./selected-dut.ts";

type KnownKind = Exclude<FailureKind, "unknown">;

/** How a mutant may be killed in Verilator, which knows no X: by a failure of the check, or by a simulator that gives no answer any more. */
export const killKinds = [...failureKinds.filter((kind): kind is KnownKind => kind !== "unknown"), "hang"] as const;

export const trialSchema = z.discriminatedUnion("verdict", [
  z.strictObject({
    verdict: z.literal("killed"),
    by: z.enum(killKinds),
    /** The failure's sentence. */
    sentence: z.string(),
    /** Rising edges until then. */
    cycle: z.number().int(),
  }),
  z.strictObject({
    verdict: z.literal("survived"),
    /** Elements whose results were compared. */
    vectors: z.number().int(),
  }),
  /** It was alive when the first cycles were over. */
  z.strictObject({ verdict: z.literal("open") }),
]);
/** What a check made of a mutant. */
export type Trial = z.infer<typeof trialSchema>;

/** A check under trial, and its name for the records: two checks must not share one. */
export interface Check {
  readonly name: string;
  readonly judge: Judge;
}

/** What `npm run sim` does. */
export const normalCheck = (judge: Judge): Check => ({ name: "npm run sim", judge });

export interface TrialRequest {
  readonly check: Check;
  readonly netlist: Netlist;
  /** The simulator of all mutants. */
  readonly program: string;
  /** The value of the select input; 0 for the unchanged design. */
  readonly number: number;
  /** The seed of the run, as `npm run sim -- --seed`. */
  readonly seed: number;
  readonly vectors: number;
  /** Ends a check that goes cycle by cycle, with the verdict `open`. */
  readonly mostTicks: number;
  /** For each answer of the simulator. */
  readonly timeLimitMs: number;
}

/** Few, because most mutants are killed within some hundred cycles: the batches that were begun then are of no use. */
const batchCycles = 512;

/** Runs a check on a mutant, up to its first failure. */
export async function trial({ check, netlist, program, number, ...settings }: TrialRequest): Promise<Trial> {
  const { entry } = netlist;
  const { vectors, timeLimitMs } = settings;
  const seed = seedFor(settings.seed, entry.name);
  const opened = await openVerilator(entry, { program, timeLimitMs, seed, batchCycles });
  try {
    const dut = new SelectedDut(opened, selectPort, BigInt(number), settings.mostTicks);
    const { failure, vectors: compared } = await check.judge(dut, entry, { seed, vectors, stopAtFailure: true });
    if (failure === undefined) return { verdict: "survived", vectors: compared };
    const { kind, sentence, cycle } = failure;
    invariant(kind !== "unknown", "Verilator has no unknown values");
    return { verdict: "killed", by: kind, sentence, cycle };
  } catch (thrown) {
    if (thrown instanceof CycleLimit) return { verdict: "open" };
    if (!(thrown instanceof SimulatorError) || thrown.failure !== "hung") throw thrown;
    return { verdict: "killed", by: "hang", sentence: thrown.message, cycle: thrown.cycle };
  } finally {
    await opened.close();
  }
}
