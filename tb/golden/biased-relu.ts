import { specialPatterns } from "../../gen/numeric/format.ts";
import { roundToFormat, toNumber } from "../../gen/numeric/round.ts";
import { isSubnormal, type ArithmeticOptions } from "./arithmetic.ts";
import { batchBiasedRelu } from "./batch.ts";
import type { ElementModel } from "./model.ts";

/**
 * FIRE+ReLU and FLARE: s = RNE(a + f) if a + f > 0, else +0. The two are one function; only their hardware differs.
 *
 * Computed as no hardware here does it: decode to float64, add in float64, round to the format. That is exact, because
 *
 * - float64's sum of two values of a format with precision p is rounded once to 53 bits and then to p. For a sum (and for
 *   a difference, product, quotient or square root) this double rounding is innocuous where 53 >= 2p + 2: S. Figueroa,
 *   "When is double rounding innocuous?", SIGNUM Newsletter 30(3), 1995. Here p <= 24 (see `formatBounds`), so 50 suffice;
 * - a sum that is subnormal in the format is a multiple of the smallest subnormal, hence exact in both.
 *
 * Precedence: a NaN operand or infinity - infinity gives the canonical NaN; then a sum that is not positive gives +0; then
 * overflow gives +infinity. With `flush`, subnormal operands are zeros, and a result whose rounded value is subnormal
 * becomes +0. (Before or after rounding is the same here: by the second point such a sum is exact.)
 */
export function biasedRelu(score: bigint, bias: bigint, options: ArithmeticOptions): bigint {
  const { format } = options;
  const sum = operand(score, options) + operand(bias, options);
  if (Number.isNaN(sum)) return specialPatterns(format).canonicalNan;
  if (!(sum > 0)) return 0n;
  const rounded = roundToFormat(sum, format);
  return options.subnormals === "flush" && isSubnormal(rounded, format) ? 0n : rounded;
}

function operand(bits: bigint, { format, subnormals }: ArithmeticOptions): number {
  return subnormals === "flush" && isSubnormal(bits, format) ? 0 : toNumber(bits, format);
}

export const biasedReluModel: ElementModel = { operands: 2, compute: biasedRelu, batch: batchBiasedRelu };
