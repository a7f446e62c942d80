import { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import type { Module } from "../hdl/module.ts";
import {
  and,
  andReduce,
  concat,
  msb,
  not,
  or,
  orReduce,
  repeat,
  sext,
  slice,
  subWrap,
  zero,
} from "../hdl/operators.ts";
import { keyBits, softmaxArithmetic } from "../numeric/softmax_arithmetic.ts";
import { exp2, exponentBits, logarithmBits, mantissaBits, roundingBits } from "./exp2.ts";
import { isLarge, keyOf } from "./softmax_key.ts";
import type { SoftmaxCoreSpec } from "./softmax_spec.ts";

const { fractionBits: F } = softmaxArithmetic;
/** Bits of the integer part that a result's exponent can come from: -128 to -1. */
const resultExponentBits = exponentBits - 1;

/** Cycles from score_i to the place where rowLog_i is taken. */
export const rowLogStage = (spec: SoftmaxCoreSpec): number =>
  spec.cuts.normalise.filter((cut) => cut === "product" || cut === "key").length;

/** One lane of pass 2: p = 2^(y - (maximum + log2(sum))), rounded to BF16. */
export function probLaneModule(spec: SoftmaxCoreSpec): Module {
  const m = new ModuleBuilder(
    `softmax_bf16_prob_lane${spec.suffix}`,
    {
      purpose: "a probability, one lane of softmax's pass 2",
      notes: [
        "p = 2^(y - row_log), y = score x log2(e), without a divider and without a multiplier. " +
          "Precedence: a lane that is not kept gives +0, a row that is not a number NaN, and p below 2^-126 gives +0.",
      ],
    },
    { cuts: new Set(spec.cuts.normalise) },
  );
  const keep = m.input("keep_i", 1);
  const score = m.input("score_i", 16);
  const stage = rowLogStage(spec);
  const rowLog = m.input("row_log_i", keyBits, { stage, comment: "maximum + log2(sum)" });
  const nan = m.input("nan_i", 1, { stage, comment: "the whole row is NaN" });

  const key = keyOf(m, score, { subnormals: spec.subnormals });

  m.section("log2(p) = y - row_log, and where that is too low");
  const logarithm = m.let("logarithm", subWrap(sext(key, keyBits + 1), sext(rowLog, keyBits + 1)));
  const { zeroExponent, zeroMantissa } = underflow(m, logarithm, key, m.alongside(keep, key));
  const low = m.cut("difference", m.let("logarithm_low", slice(logarithm, logarithmBits - 1, 0)));
  const noExponent = m.cut("difference", zeroExponent);
  const noMantissa = m.cut("difference", zeroMantissa);

  const power = exp2(m, low);
  m.unused(
    "power",
    [msb(power), slice(power, roundingBits - 1, 0)],
    "The sign, which is that of the logarithm; and the bits below the result's last place.",
  );

  m.section("Result");
  const kept = m.alongside(keep, power);
  const nanKept = m.let("nan_kept", and(m.alongside(nan, power), kept));
  const late = (signal: Signal): Signal => m.cut("correction", signal);
  const mantissaTop = roundingBits + mantissaBits;
  const exponent = and(slice(power, power.width - 2, mantissaTop), repeat(not(late(noExponent)), resultExponentBits));
  const mantissa = and(
    slice(power, mantissaTop - 1, roundingBits),
    repeat(not(or(late(noMantissa), m.alongside(nan, power))), mantissaBits),
  );
  const prob = m.let(
    "prob",
    concat(
      zero(1),
      nanKept,
      or(exponent, repeat(nanKept, resultExponentBits)),
      or(mantissa, concat(nanKept, zero(mantissaBits - 1))),
    ),
    "0x7FC0, or a value of at most 1.",
  );
  m.output("prob_o", m.delayed(prob, 1));
  return m.build();
}

interface Underflow {
  /** The result is 0. */
  readonly zeroExponent: Signal;
  /** The result is a power of two or 0: at -127 it rounds to 2^-126 or to 0, nothing between. */
  readonly zeroMantissa: Signal;
}

function underflow(m: ModuleBuilder, logarithm: Signal, key: Signal, kept: Signal): Underflow {
  const negative = msb(logarithm);
  const within = m.let("above_minus_129", andReduce(slice(logarithm, keyBits - 1, F + resultExponentBits)));
  const nearMinus128 = not(orReduce(slice(logarithm, F + resultExponentBits - 1, F)));
  const outOfRange = or(not(within), nearMinus128);
  // Another large score is at least 16 powers of two away; log2 of the sum takes less than that from an equal one.
  const wholeLow = andReduce(slice(logarithm, F + resultExponentBits - 1, F + 4));
  const otherLarge = m.let(
    "other_large",
    and(isLarge(key), not(and(wholeLow, orReduce(slice(logarithm, F + 3, F))))),
    "A large score beside a larger one.",
  );
  const zeroExponent = m.let(
    "zero_exponent",
    or(not(kept), and(negative, or(outOfRange, otherLarge))),
    "Not kept, or p below 2^-127.",
  );
  const atMinus127 = not(orReduce(slice(logarithm, F + resultExponentBits - 1, F + 1)));
  const zeroMantissa = m.let("zero_mantissa", or(zeroExponent, and(negative, atMinus127)));
  return { zeroExponent, zeroMantissa };
}
