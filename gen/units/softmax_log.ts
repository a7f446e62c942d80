import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import { addWrap, concat, constant, mux, not, orReduce, slice, subWrap, zero, zext } from "../hdl/operators.ts";
import { bipartiteCorrections } from "../lib/bipartite.ts";
import { padBelow } from "../lib/pad.ts";
import { keyBits, softmaxArithmetic, sumIntegerBits } from "../numeric/softmax_arithmetic.ts";
import { logTable } from "../numeric/softmax_tables.ts";
import { softmaxRom } from "./softmax_rom.ts";

const { fractionBits, integerBits } = softmaxArithmetic;

/** A sum with its leading one in front: 2^(integer bits - 1 - zeros) x (1 + fraction). */
export interface NormalisedSum {
  /** Zeros above the leading one. */
  readonly zeros: Signal;
  /** The bits below it, as many as the logarithm looks at. */
  readonly fraction: Signal;
  /** There is none: the row has no finite element. */
  readonly none: Signal;
}

export const zeroCountBits = (maxLength: number): number => Math.ceil(Math.log2(sumIntegerBits(maxLength)));

/**
 * Counting and shifting share their levels. Only the integer bits are searched: the sum of a row with a finite element is
 * at least 1, since one term is its maximum's.
 */
export function normaliseSum(m: ModuleBuilder, sum: Signal, maxLength: number): NormalisedSum {
  m.section("Leading one of the row's sum");
  const searchedBits = sumIntegerBits(maxLength);
  const levels = zeroCountBits(maxLength);
  const top = slice(sum, sum.width - 1, sum.width - searchedBits);
  let marks = m.let("marks", padBelow(top, 2 ** levels), "The integer bits.");
  let below = m.let("below_leading", slice(sum, sum.width - 2, sum.width - searchedBits - fractionBits));
  const unseen = sum.width - searchedBits - fractionBits;
  if (unseen > 0) m.unused("row_sum", [slice(sum, unseen - 1, 0)], "Below what the logarithm sees of the least sum.");
  const none = m.let("no_sum", not(orReduce(marks)));
  const zeros: Signal[] = [];
  for (let level = levels - 1; level >= 0; level--) {
    const distance = 2 ** level;
    const upper = slice(marks, marks.width - 1, marks.width - distance);
    const skip = m.let(`skip_${distance}`, not(orReduce(upper)));
    zeros.push(skip);
    const moved = concat(slice(below, below.width - 1 - distance, 0), zero(distance));
    below = m.let(`below_leading_${distance}`, mux(skip, moved, below));
    if (level > 0) marks = m.let(`marks_${distance}`, mux(skip, slice(marks, distance - 1, 0), upper));
  }
  if (marks.width === 2) m.unused("marks", [slice(marks, 0, 0)], "Where no bit above is 1, the last one is.");
  m.unused(
    "below",
    [slice(below, below.width - fractionBits - 1, 0)],
    "The logarithm takes f in the middle of its step.",
  );
  return {
    zeros: m.let("zeros", concat(...zeros)),
    fraction: m.let("fraction", slice(below, below.width - 1, below.width - fractionBits)),
    none,
  };
}

/** maximum + log2(sum), in the same fixed point as the keys. */
export function logOfRow(
  m: ModuleBuilder,
  { maximum, zeros, fraction }: { readonly maximum: Signal; readonly zeros: Signal; readonly fraction: Signal },
  maxLength: number,
): Signal {
  m.section("maximum + log2(sum): the exponent and a bipartite logarithm of 1 + fraction");
  const { coarse, fine } = bipartiteCorrections(m, "log2", fraction, logTable, softmaxRom);
  const largest = constant(zeros.width, sumIntegerBits(maxLength) - 1);
  const exponent = m.let("sum_exponent", subWrap(largest, zeros));
  const approximate = addWrap(
    concat(maximum, fraction),
    concat(zero(integerBits - exponent.width), exponent, zext(coarse, fractionBits)),
  );
  return m.let("row_log", addWrap(approximate, zext(fine, keyBits)));
}
