import type { ArithmeticOptions } from "./arithmetic.ts";

/** What a unit that treats each element by itself computes. */
export interface ElementModel {
  readonly operands: 1 | 2;
  /** Bit patterns in, a bit pattern out; `bias` is ignored if `operands` is 1. */
  compute(score: bigint, bias: bigint, options: ArithmeticOptions): bigint;
  /** The same function on whole arrays, if there is a faster one than `compute` element by element. */
  readonly batch?: (options: ArithmeticOptions) => BatchModel;
}

/** `result[i]` of `scores[i]` and `biases[i]` for the first `count` elements; patterns as unsigned numbers. */
export type BatchModel = (
  scores: ArrayLike<number>,
  biases: ArrayLike<number>,
  result: Uint32Array | Uint16Array | Uint8Array,
  count: number,
) => void;
