import { isSubnormal, type ArithmeticOptions } from "./arithmetic.ts";
import type { ElementModel } from "./model.ts";

/**
 * ReLU as the FLARE papers build it: the sign bit decides. A negative sign gives +0 (also for -0, -infinity and NaNs with a
 * sign); anything else passes unchanged, positive NaNs with their payload included. With `flush`, a subnormal gives +0.
 * A bit pattern in, a bit pattern out.
 */
export function relu(score: bigint, { format, subnormals }: ArithmeticOptions): bigint {
  const negative = score >> BigInt(format.exponentBits + format.mantissaBits) === 1n;
  if (negative || (subnormals === "flush" && isSubnormal(score, format))) return 0n;
  return score;
}

export const reluModel: ElementModel = { operands: 1, compute: (score, _bias, options) => relu(score, options) };
