import { biasedRelu } from "./biased-relu.ts";
import { relu } from "./relu.ts";
import type { ArithmeticOptions } from "./arithmetic.ts";

/** One element of an elementwise unit: bit patterns in, a bit pattern out. */
export interface ElementwiseModel {
  readonly operands: 1 | 2;
  /** `bias` is ignored where `operands` is 1. */
  compute(score: bigint, bias: bigint): bigint;
}

export type ElementwiseUnitName = "relu" | "fire_relu" | "flare";

/** The golden model of a unit. */
export function elementwiseModel(unit: ElementwiseUnitName, options: ArithmeticOptions): ElementwiseModel {
  switch (unit) {
    case "relu":
      return { operands: 1, compute: (score) => relu(score, options) };
    case "fire_relu":
    case "flare":
      return { operands: 2, compute: (score, bias) => biasedRelu(score, bias, options) };
    default:
      return unit satisfies never;
  }
}
