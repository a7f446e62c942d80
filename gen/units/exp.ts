import { and, concat, msb, not, or, orReduce, andReduce, repeat, slice, zero } from "../hdl/operators.ts";
import { softmaxArithmetic } from "../numeric/softmax_arithmetic.ts";
import { exp2, exponentBits, logarithmBits, mantissaBits, roundingBits } from "./exp2.ts";
import type { Lane } from "./lane.ts";
import { keyOf } from "./softmax_key.ts";

const { fractionBits: F } = softmaxArithmetic;

/** e^x by the parts of softmax's pass 2: x log2(e) as a fixed-point key, then 2^key from a table. */
export const exp: Lane = {
  purpose: "the exponential of softmax's pass 2 by itself, for tests",
  notes: [
    "prob = e^score. Overflow gives +inf, a result below 2^-126 gives +0, a NaN gives the canonical NaN. Every result is " +
      "within one unit in the last place.",
  ],
  hasBias: false,
  plans: [[], ["output"], ["input", "output"], ["input", "key", "output"], ["input", "product", "key", "output"]],
  defaultLanes: 1,
  defaultStages: 4,
  onlyFormat: "bf16",
  isolatesByDefault: undefined,

  build(m, operands, { subnormals }) {
    const score = m.cut("input", operands.score);
    m.section("Infinity and NaN");
    const special = m.let("special", andReduce(slice(score, 14, 7)), "Infinity or NaN.");
    const nan = m.let("is_nan", and(special, orReduce(slice(score, 6, 0))));
    const key = keyOf(m, score, { subnormals });

    m.section("Where the exponent leaves its range; an infinity is as far out as a large score");
    const top = F + exponentBits - 1;
    const sign = msb(key);
    const high = slice(key, key.width - 2, top);
    const low = slice(key, top - 1, F);
    const infinite = m.let("infinite", and(not(sign), orReduce(high)), "2^128 or more.");
    const zeroResult = m.let(
      "is_zero",
      and(sign, or(not(andReduce(high)), not(orReduce(low)))),
      "Below 2^-127, which rounds to 0.",
    );
    const atMinus127 = and(sign, andReduce(high), not(orReduce(slice(key, top - 1, F + 1))));
    const noMantissa = m.let("no_mantissa", or(infinite, atMinus127), "At 2^-127 it is 2^-126 or 0, nothing between.");

    const power = exp2(m, m.let("logarithm", slice(key, logarithmBits - 1, 0)));
    m.unused("power", [slice(power, roundingBits - 1, 0)], "Below the result's last place.");

    m.section("Zero, infinity and NaN in their places");
    const mantissaTop = roundingBits + mantissaBits;
    const isNan = m.let("gives_nan", m.alongside(nan, power));
    const biased = concat(not(msb(power)), slice(power, power.width - 2, mantissaTop));
    const exponent = or(and(biased, repeat(not(zeroResult), exponentBits)), repeat(or(infinite, isNan), exponentBits));
    const mantissa = and(
      slice(power, mantissaTop - 1, roundingBits),
      repeat(not(or(zeroResult, noMantissa, isNan)), mantissaBits),
    );
    return m.cut("output", m.let("prob", concat(exponent, or(mantissa, concat(isNan, zero(mantissaBits - 1))))));
  },
};
