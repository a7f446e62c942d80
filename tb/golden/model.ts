import type { ArithmeticOptions } from "./arithmetic.ts";
import { biasedRelu } from "./biased-relu.ts";
import { relu } from "./relu.ts";
import { exponential } from "./softmax.ts";

/** One element of an elementwise unit: bit patterns in, a bit pattern out. */
export interface ElementwiseModel {
  readonly operands: 1 | 2;
  /** `bias` is ignored where `operands` is 1. */
  compute(score: bigint, bias: bigint): bigint;
}

export type ElementwiseUnitName = "relu" | "fire_relu" | "flare" | "exp";

/** The golden model of a unit. */
export function elementwiseModel(unit: ElementwiseUnitName, options: ArithmeticOptions): ElementwiseModel {
  switch (unit) {
    case "relu":
      return { operands: 1, compute: (score) => relu(score, options) };
    case "fire_relu":
    case "flare":
      return { operands: 2, compute: (score, bias) => biasedRelu(score, bias, options) };
    case "exp": {
      const { name } = options.format;
      if (name !== "bf16") throw new Error(`exp has tables for bf16 only, not for ${name}; use bf16`);
      return { operands: 1, compute: (score) => exponential(score, options) };
    }
    default:
      return unit satisfies never;
  }
}
