import { formatWidth, type FloatFormat } from "../../gen/numeric/format.ts";
import { toNumber } from "../../gen/numeric/round.ts";

/** What went wrong first, and everything needed to look into it. */
export interface Failure {
  /** One sentence. */
  readonly sentence: string;
  /** The cycle, counted in rising edges since the start of the simulation. */
  readonly cycle: number;
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

/** A bit pattern as hexadecimal digits and as the real number it stands for: `0x3f80 = 1`. */
export function showValue(bits: bigint, format: FloatFormat): string {
  const digits = Math.ceil(formatWidth(format) / 4);
  return `0x${bits.toString(16).padStart(digits, "0")} = ${toNumber(bits, format)}`;
}
