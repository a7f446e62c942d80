import { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import type { Module } from "../hdl/module.ts";
import {
  addWrap,
  and,
  andReduce,
  concat,
  constant,
  msb,
  not,
  or,
  orReduce,
  repeat,
  sext,
  slice,
  subWrap,
  zero,
  zext,
} from "../hdl/operators.ts";
import { bipartiteCorrections, correctionOf } from "../lib/bipartite.ts";
import { padBelow } from "../lib/pad.ts";
import { keyBits, softmaxArithmetic } from "../numeric/softmax_arithmetic.ts";
import { probabilityTable } from "../numeric/softmax_tables.ts";
import { isLarge, keyOf, scoreProduct } from "./softmax_key.ts";
import type { SoftmaxCoreSpec } from "./softmax_spec.ts";

const { fractionBits: F } = softmaxArithmetic;
const { outputBits } = probabilityTable.spec;
const mantissaBits = 7;
/** Bits of the integer part that a result's exponent can come from: -128 to -1. */
const exponentBits = 7;
/** One more: the sign. */
const powerBits = exponentBits + 1 + outputBits;

/** Cycles from score_i to the place where rowLog_i is taken. */
export const rowLogStage = (spec: SoftmaxCoreSpec): number =>
  spec.cuts.normalise.filter((cut) => cut === "product" || cut === "key").length;

/** One lane of pass 2: p = 2^(y - (maximum + log2(sum))), rounded to BF16. */
export function probLaneModule(spec: SoftmaxCoreSpec, name: string): Module {
  const m = new ModuleBuilder(
    name,
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

  m.section("Score to key: classify, multiply by log2(e), align");
  const parts = scoreProduct(m, score, { off: undefined, subnormals: spec.subnormals });
  const cut = (signal: Signal): Signal => m.cut("product", signal);
  const key = m.cut(
    "key",
    keyOf(m, {
      product: cut(parts.product),
      distance: cut(parts.distance),
      large: cut(parts.large),
      negative: cut(parts.negative),
    }),
  );

  m.section("log2(p) = y - row_log, and where that is too low");
  const logarithm = m.let("logarithm", subWrap(sext(key, keyBits + 1), sext(rowLog, keyBits + 1)));
  const { zeroExponent, zeroMantissa } = underflow(m, logarithm, key, m.alongside(keep, key));
  const low = m.cut("difference", m.let("logarithm_low", slice(logarithm, F + exponentBits, 0)));
  const noExponent = m.cut("difference", zeroExponent);
  const noMantissa = m.cut("difference", zeroMantissa);

  m.section("2^fraction: the diagonal and two corrections; half a place is in the table, so cutting off rounds");
  const fraction = m.let("fraction", slice(low, F - 1, 0));
  const { coarse, fine } = bipartiteCorrections(m, "exp2", fraction, probabilityTable);
  const late = (signal: Signal): Signal => m.cut("correction", signal);
  const whole = late(m.let("whole", slice(low, F + exponentBits, F)));
  const level = late(
    m.let(
      "level",
      subWrap(correctionOf(probabilityTable.coarse, coarse, powerBits), constant(powerBits, 1n << BigInt(outputBits))),
      "One less in the integer part: the biased exponent is then that part with its top bit inverted.",
    ),
  );
  const departure = late(fine);
  const scaled = padBelow(concat(whole, late(fraction)), powerBits);
  const power = m.let("power", addWrap(addWrap(scaled, level), zext(departure, powerBits)));
  m.unused(
    "power",
    [msb(power), slice(power, outputBits - mantissaBits - 1, 0)],
    "The sign, which is that of the logarithm; and the bits below the result's last place.",
  );

  m.section("Result");
  const kept = m.alongside(keep, power);
  const nanKept = m.let("nan_kept", and(m.alongside(nan, power), kept));
  const exponent = and(slice(power, powerBits - 2, outputBits), repeat(not(late(noExponent)), exponentBits));
  const mantissa = and(
    slice(power, outputBits - 1, outputBits - mantissaBits),
    repeat(not(or(late(noMantissa), m.alongside(nan, power))), mantissaBits),
  );
  const prob = m.let(
    "prob",
    concat(
      zero(1),
      nanKept,
      or(exponent, repeat(nanKept, exponentBits)),
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
  const within = m.let("above_minus_129", andReduce(slice(logarithm, keyBits - 1, F + exponentBits)));
  const nearMinus128 = not(orReduce(slice(logarithm, F + exponentBits - 1, F)));
  const outOfRange = or(not(within), nearMinus128);
  // Another large score is at least 16 powers of two away; log2 of the sum takes less than that from an equal one.
  const wholeLow = andReduce(slice(logarithm, F + exponentBits - 1, F + 4));
  const otherLarge = and(isLarge(key), not(and(wholeLow, orReduce(slice(logarithm, F + 3, F)))));
  const zeroExponent = m.let(
    "zero_exponent",
    or(not(kept), and(negative, or(outOfRange, otherLarge))),
    "Not kept, p below 2^-127, or a large score beside a larger one.",
  );
  const atMinus127 = not(orReduce(slice(logarithm, F + exponentBits - 1, F + 1)));
  const zeroMantissa = m.let("zero_mantissa", or(zeroExponent, and(negative, atMinus127)));
  return { zeroExponent, zeroMantissa };
}
