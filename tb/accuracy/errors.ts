import type { Errors } from "./schema.ts";
import type { ErrorTally } from "./tally.ts";

/** A tally as the report has it. */
export function errorsOf(tally: ErrorTally<unknown>): Errors {
  return {
    results: tally.results,
    correctlyRounded: tally.correctlyRounded,
    undecided: tally.undecided,
    worstUlps: significant(tally.worstUlps),
    meanRelativeError: significant(tally.meanRelativeError),
    worstRelativeError: significant(tally.worstRelativeError),
  };
}

/** Six significant digits: more than anybody needs, and fewer than could differ between machines. */
export function significant(value: number): number {
  return Number(value.toPrecision(6));
}

export function hexOf(pattern: bigint): string {
  return `0x${pattern.toString(16).padStart(4, "0")}`;
}
