import { parseFormat, specialPatterns } from "../../gen/numeric/format.ts";
import { roundToFormat, toNumber } from "../../gen/numeric/round.ts";
import { highMultiples, levelTable, lowMultiples, powerTable, riseTable } from "../../gen/numeric/softplus_tables.ts";
import type { ElementModel } from "./model.ts";

const bf16 = parseFormat("bf16");
const { canonicalNan } = specialPatterns(bf16);
/** Steps of y = x log2(e) in one; a sixteenth of one has a level. */
const [steps, place] = [512, 32];

/**
 * ln(1 + e^x) as the unit approximates it (`gen/numeric/softplus_arithmetic.ts`), in real numbers. A bit pattern in, a bit pattern
 * out; subnormals have the result of 0 in either mode.
 */
export function softplus(score: bigint): bigint {
  const x = toNumber(score, bf16);
  if (Number.isNaN(x)) return canonicalNan;
  if (x <= -87.5) return 0n;
  if (x >= 4) return score;
  // Levels 64 to 79 are those of scores in [2, 4), in quarters of a last place.
  if (x >= 2) return score + BigInt(Math.floor(at(levelTable.values, 64 + Math.floor((x - 2) * 8)) / 4));
  return roundToFormat(powerOfTwo(logarithm(score >> 15n === 1n ? -1 - stepsOf(-x) : stepsOf(x))), bf16);
}

/** Whole steps in |y|: the product by a table of each half of the significand, rounded down. */
function stepsOf(magnitude: number): number {
  if (magnitude < 2 ** -9) return magnitude < 2 ** -11 ? 0 : 1;
  const spacing = 2 ** (Math.floor(Math.log2(magnitude)) - 7);
  const significand = magnitude / spacing;
  const product =
    at(highMultiples.values, Math.floor(significand / 16) - 8) + at(lowMultiples.values, significand % 16);
  return Math.floor(product * spacing * 2);
}

/** log2(ln(1 + 2^y)) in steps, of y in steps. */
function logarithm(y: number): number {
  if (y >= 0) {
    const rise = y < steps ? at(riseTable.values, y % place) : 0;
    return Math.floor(y / 2) + at(levelTable.values, Math.floor(y / place)) + rise;
  }
  if (y < -8 * steps) return y;
  const whole = Math.floor(y / steps);
  const toNextLevel = (Math.floor(y / place) + 1) * place - 1 - y;
  const fall = whole < -3 ? 0 : Math.floor(toNextLevel / 2 ** (1 - whole));
  return y + at(levelTable.values, 16 * 16 + Math.floor(y / place)) + fall;
}

/** 2^l, of l in steps, cut off to a mantissa of BF16 after half a last place is added. */
function powerOfTwo(l: number): number {
  const whole = Math.floor(l / steps);
  const fraction = Math.floor((l - whole * steps) / 2);
  const mantissa = Math.floor((fraction + at(powerTable.values, Math.floor(fraction / 4))) / 2);
  return 2 ** whole * (1 + mantissa / 128);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new Error(`softplus: no entry ${index} among ${values.length}`);
  return value;
}

export const softplusModel: ElementModel = {
  operands: 1,
  compute: (score, _bias, { format: { name } }) => {
    if (name !== "bf16") throw new Error(`softplus has tables for bf16 only, not for ${name}; use bf16`);
    return softplus(score);
  },
};
