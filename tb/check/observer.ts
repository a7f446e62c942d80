import type { Pairs } from "../bench/stimulus/pairs.ts";
import type { Dut } from "../dut/dut.ts";

/** Operands, and the results that they must give. */
export interface JudgedPairs extends Pairs {
  readonly expected: Uint32Array;
}

/** A row of softmax, and its results. */
export interface JudgedRow {
  readonly scores: readonly bigint[];
  readonly results: readonly bigint[];
}

/** Hears what a check gave to a design and judged, for those who count what was reached. It changes nothing. */
export interface CheckObserver {
  /** An elementwise core's results of the operands `from` to `to - 1`, those of one beat, were compared. */
  operands?(pairs: JudgedPairs, from: number, to: number): void;
  /** A rising edge of an elementwise core in the stream: whether a beat was offered, and whether reset was asserted. */
  streamed?(valid: boolean, inReset: boolean): void;
  /** All results of a row of a softmax core were compared. */
  row?(row: JudgedRow): void;
  /** A single cycle was made: inputs by `get`, outputs by `sampled`, as its rising edge saw them. */
  ticked?(dut: Dut): void;
}
