import { formatWidth, type FloatFormat } from "../../gen/numeric/format.ts";
import { toNumber } from "../../gen/numeric/round.ts";
import { AxiStreamViolation, SimTimeoutError } from "../bench/index.ts";
import type { Dut } from "../dut/dut.ts";
import type { UnknownOutput } from "../dut/unknowns/dut.ts";

/**
 * What kind of thing is wrong:
 *
 * - `value`: a result; `framing`: the end of a row, or which lanes it keeps;
 * - `valid`: a beat of results that came although none was due, or did not come;
 * - `handshake`: a ready or valid that breaks its promise; `timing`: right, but in another cycle than promised;
 * - `timeout`: what had to come did not come in any reasonable time;
 * - `stopped`: the design stopped itself by an assertion, or its logic does not settle;
 * - `unknown`: an output that must be known is X or Z, in a simulator that has them.
 */
export const failureKinds = [
  "value",
  "framing",
  "valid",
  "handshake",
  "timing",
  "timeout",
  "stopped",
  "unknown",
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** What went wrong first, and everything needed to look into it. */
export interface Failure {
  readonly kind: FailureKind;
  /** One sentence. */
  readonly sentence: string;
  /** The cycle, counted in rising edges since the start of the simulation. */
  readonly cycle: number;
  /** The lane that is wrong, if it is one. */
  readonly lane?: number;
  /** Labelled facts: operands, expected, got. */
  readonly facts: readonly (readonly [label: string, text: string])[];
}

/** What a check of one module found. */
export interface Outcome {
  /** Elements (or operand pairs) whose results were compared. */
  readonly vectors: number;
  readonly mismatches: number;
  readonly cycles: number;
  /** The first failure; undefined when everything agreed. */
  readonly failure: Failure | undefined;
}

/** Thrown by a check that cannot go on after its first failure. */
export class CheckFailure extends Error {
  override readonly name = "CheckFailure";
  constructor(readonly failure: Failure) {
    super(failure.sentence);
  }
}

/** What an unknown output means for a check. */
export function unknownFailure({ message, cycle, facts, lane }: UnknownOutput): Failure {
  return { kind: "unknown", sentence: message, cycle, facts, ...(lane === undefined ? {} : { lane }) };
}

/** The outcome of a check that stops at its first failure, by throwing; `vectors` says how many it has compared. */
export async function outcomeOf(dut: Dut, vectors: () => number, run: () => Promise<void>): Promise<Outcome> {
  const started = dut.cycle;
  const outcome = (failure: Failure | undefined): Outcome => ({
    vectors: vectors(),
    mismatches: failure === undefined ? 0 : 1,
    cycles: dut.cycle - started,
    failure,
  });
  try {
    await run();
    return outcome(undefined);
  } catch (thrown) {
    if (thrown instanceof CheckFailure) return outcome(thrown.failure);
    if (thrown instanceof AxiStreamViolation || thrown instanceof SimTimeoutError) {
      const kind = thrown instanceof SimTimeoutError ? "timeout" : "handshake";
      return outcome({ kind, sentence: thrown.message, cycle: dut.cycle, facts: [] });
    }
    throw thrown;
  }
}

/** A bit pattern as hexadecimal digits and as the real number it stands for: `0x3f80 = 1`. */
export function showValue(bits: bigint, format: FloatFormat): string {
  const digits = Math.ceil(formatWidth(format) / 4);
  return `0x${bits.toString(16).padStart(digits, "0")} = ${toNumber(bits, format)}`;
}
