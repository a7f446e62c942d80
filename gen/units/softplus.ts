import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal, Table } from "../hdl/expression.ts";
import {
  addWrap,
  and,
  andReduce,
  bit,
  concat,
  constant,
  eq,
  ge,
  lookup,
  msb,
  mux,
  not,
  or,
  orReduce,
  repeat,
  sext,
  slice,
  subWrap,
  xor,
  zero,
  zext,
} from "../hdl/operators.ts";
import { padBelow } from "../lib/pad.ts";
import { shiftRightBy } from "../lib/shift.ts";
import type { Rom } from "../numeric/bipartite.ts";
import { softplusArithmetic } from "../numeric/softplus_arithmetic.ts";
import { highMultiples, levelTable, lowMultiples, powerTable, riseTable } from "../numeric/softplus_tables.ts";
import type { Lane } from "./lane.ts";

const { fractionBits: F, wholeBits, topExponent, leastExponent, zeroCode, segmentBits, power } = softplusArithmetic;
const placeBits = F - segmentBits;
/** A key with its sign: the exponent's eight bits and the fraction. */
const keyBits = 1 + wholeBits + F;
const mantissaBits = 7;
const codeBits = 14;
const slopeBits = 3;

const high = tableOf(
  "high_multiple",
  "(128 + 16 n) x log2(e), in units of a key at the largest exponent.",
  highMultiples,
);
const low = tableOf("low_multiple", "n x log2(e), in the same units.", lowMultiples);
const levels = tableOf("softplus_level", "What a key's segment adds: row, segment.", levelTable);
const rise = tableOf("rise", "How the correction rises from 0 to 1: 3/16 of the place in the segment.", riseTable);
const deviation = tableOf("exp2_deviation", "2^f - 1 - f in units of 2^-8, and half a last place.", powerTable);

/** Softplus as a logarithm that is corrected: `numeric/softplus_arithmetic.ts` says how. */
export const softplus: Lane = {
  purpose: "softplus, ln(1 + e^x)",
  notes: [
    "prob = ln(1 + e^score). Every result is within one unit in the last place, 99.3 % are rounded correctly, and a larger " +
      "score never gives a smaller result. A result below 2^-126 gives +0, a NaN the canonical NaN.",
  ],
  hasBias: false,
  plans: [
    [],
    ["output"],
    ["input", "output"],
    ["input", "key", "output"],
    ["input", "product", "correction", "output"],
    ["input", "product", "correction", "logarithm", "output"],
    ["input", "product", "key", "correction", "logarithm", "output"],
  ],
  defaultLanes: 8,
  defaultStages: 5,
  onlyFormat: "bf16",
  isolatesByDefault: undefined,

  // Subnormals need no care: they and 0 have the same result, and no result is subnormal.
  build(m, operands) {
    const score = m.cut("input", operands.score);
    const { key, direct } = keyOf(m, score);
    const { logarithm, isCode } = correct(m, key, direct);

    m.section("Its fraction f becomes the mantissa 2^f - 1; a code is one already");
    const change = and(lookup(deviation, slice(logarithm, mantissaBits, 2)), repeat(not(isCode), deviation.width));
    const fraction = m.let(
      "fraction",
      addWrap(slice(logarithm, mantissaBits, 0), sext(m.let("change", change), power.unitBits)),
      "It stays below 1: nothing carries into the exponent.",
    );
    m.unused("fraction", [bit(fraction, 0)], "Below the result's last place, where half of one was added.");
    const exponent = concat(not(msb(logarithm)), slice(logarithm, codeBits, mantissaBits + 1));
    return m.cut("output", m.let("prob", concat(exponent, slice(fraction, mantissaBits, 1))));
  },
};

interface Key {
  readonly key: Signal;
  /** The key is a code: of a score from 2 on, of NaN, or of the result 0. */
  readonly direct: Signal;
}

/** The score's key. Cuts: `product`, after the multiplication; `key`, after all of it. */
function keyOf(m: ModuleBuilder, score: Signal): Key {
  m.section("Score to key: multiply by log2(e) and align, or take the code as it is");
  const exponent = m.let("exponent", slice(score, 14, mantissaBits));
  const mantissa = m.let("mantissa", slice(score, mantissaBits - 1, 0));
  const nan = m.let("is_nan", and(andReduce(exponent), orReduce(mantissa)));
  const inverted = m.let("inverted", and(bit(score, 15), not(nan)), "-y, in the middle of its step.");
  const isZero = m.let("is_zero", and(inverted, ge(slice(score, 14, 0), constant(15, zeroCode))), "Below 2^-126.");
  const own = m.let("direct", or(isZero, nan, and(not(bit(score, 15)), msb(exponent))));
  const code = concat(
    slice(exponent, 6, 0),
    or(bit(mantissa, 6), nan),
    and(slice(mantissa, 5, 0), repeat(not(nan), 6)),
  );

  const quarters = [lookup(high, slice(mantissa, 6, 4)), lookup(low, slice(mantissa, 3, 0))] as const;
  const full = m.let("full_product", addWrap(quarters[0], zext(quarters[1], keyBits)));
  const multiplied = m.let("multiplied", ge(exponent, constant(8, leastExponent)));
  const isLeast = m.let(
    "is_least",
    eq(slice(exponent, 7, 1), constant(7, leastExponent / 2 - 1)),
    "Two exponents whose |y| counts as the least: shifted by 0 and by 1.",
  );
  const least = and(concat(not(bit(exponent, 0)), bit(exponent, 0)), repeat(isLeast, 2));
  const product = m.let(
    "product",
    or(
      and(full, repeat(and(multiplied, not(own)), keyBits)),
      and(concat(zero(1), padBelow(or(code, repeat(isZero, codeBits)), keyBits - 1)), repeat(own, keyBits)),
      zext(least, keyBits),
    ),
    "All ones gives the result 0, as they are inverted.",
  );
  const distance = m.let(
    "distance",
    and(subWrap(constant(4, topExponent % 16), slice(exponent, 3, 0)), repeat(not(own), 4)),
    "A code is not shifted.",
  );

  const cut = (signal: Signal): Signal => m.cut("product", signal);
  const [late, by, invert, direct] = [cut(product), cut(distance), cut(inverted), cut(own)];
  const magnitude = shiftRightBy(m, "magnitude", late, by);
  const key = m.let("key", xor(magnitude, repeat(invert, keyBits)));
  return { key: m.cut("key", key), direct: m.cut("key", direct) };
}

/** The key with its correction: the result's logarithm or code. Cuts: `correction`, after the tables; `logarithm`. */
function correct(m: ModuleBuilder, key: Signal, direct: Signal): { logarithm: Signal; isCode: Signal } {
  m.section("Correction: the level of the key's segment, and a slope where the level does not do");
  const whole = m.let("whole", slice(key, keyBits - 1, F));
  const negative = msb(whole);
  const inRange = m.let(
    "in_range",
    mux(negative, andReduce(slice(whole, 6, 3)), not(orReduce(slice(whole, 6, 2)))),
    "From -8 to 4; elsewhere the key needs no correction.",
  );
  const row = m.let("row", concat(negative, mux(negative, bit(whole, 2), direct), slice(whole, 1, 0)));
  const segment = slice(key, F - 1, placeBits);
  const level = m.let("level", and(lookup(levels, concat(row, segment)), repeat(inRange, levels.width)));
  const place = m.let("place", slice(key, placeBits - 1, 0));
  const left = m.let("places_left", not(slice(place, placeBits - 1, placeBits - slopeBits)), "In units of 4.");
  const steps: readonly (readonly [row: number, slope: Expression])[] = [
    [15, left],
    [14, concat(zero(1), slice(left, 2, 1))],
    [13, concat(zero(2), bit(left, 2))],
    [0, lookup(rise, place)],
  ];
  const inRow = ([of, slope]: readonly [number, Expression]): Expression =>
    and(slope, repeat(and(inRange, eq(row, constant(4, of))), slopeBits));
  const slope = m.let("slope", or(...steps.map(inRow)));
  const halved = m.let("halved", not(or(negative, direct)), "To y / 2, if y is positive.");
  const base = m.let("base", mux(halved, concat(zero(1), slice(key, keyBits - 1, 1)), key));

  const cut = (signal: Signal): Signal => m.cut("correction", signal);
  const [lateLevel, lateSlope, lateBase, own] = [cut(level), cut(slope), cut(base), cut(direct)];
  const { width } = lateLevel;
  const correction = m.let(
    "correction",
    addWrap(lateLevel, zext(lateSlope, width)),
    "Of a code it is positive; of others negative, or 0 out of range.",
  );
  const biased = concat(
    repeat(not(own), keyBits - width),
    and(not(own), not(msb(correction))),
    slice(correction, width - 2, 0),
  );
  const sum = m.let(
    "sum",
    addWrap(
      lateBase,
      m.let("biased", biased, "One less in the integer part: the exponent is it, its top bit inverted."),
    ),
  );
  m.unused("sum", [bit(sum, 0)], "Only what it carries counts.");
  return {
    logarithm: m.cut("logarithm", m.let("logarithm", slice(sum, keyBits - 1, 1))),
    isCode: m.cut("logarithm", own),
  };
}

function tableOf(name: string, comment: string, { values, addressBits, width }: Rom): Table {
  return {
    name,
    comment,
    addressWidth: addressBits,
    width,
    entries: values.map((v) => BigInt.asUintN(width, BigInt(v))),
  };
}
