import type { CoverAxis } from "../../bench/coverage.ts";
import { exponentBias, formatWidth, type FloatFormat } from "../../../gen/numeric/format.ts";

/** What an operand can be (IEEE 754, clause 3.4), of either sign; the least and the greatest exponent are where ranges end. */
const magnitudes = [
  "zero",
  "subnormal",
  "least exponent",
  "normal",
  "greatest exponent",
  "infinity",
  "quiet NaN",
  "signalling NaN",
] as const;
export const operandClasses = magnitudes.flatMap((name) => [`+${name}`, `-${name}`]);

/** The place of a pattern's class in `operandClasses`. */
export function operandClass(pattern: number, format: FloatFormat): number {
  const { mantissaBits, exponentBits } = format;
  const sign = pattern >= 2 ** (formatWidth(format) - 1) ? 1 : 0;
  const field = exponentField(pattern, format);
  const mantissa = pattern % 2 ** mantissaBits;
  const top = 2 ** exponentBits - 1;
  const magnitude = (): number => {
    if (field === 0) return mantissa === 0 ? 0 : 1;
    if (field === top) return mantissa === 0 ? 5 : mantissa >= 2 ** (mantissaBits - 1) ? 6 : 7;
    return field === 1 ? 2 : field === top - 1 ? 4 : 3;
  };
  return 2 * magnitude() + sign;
}

export function exponentField(pattern: number, { mantissaBits, exponentBits }: FloatFormat): number {
  return Math.floor(pattern / 2 ** mantissaBits) % 2 ** exponentBits;
}

/** A result, which is never negative. */
export const resultClasses = [
  "+0",
  "subnormal",
  "least exponent",
  "normal",
  "greatest exponent",
  "infinity",
  "NaN",
] as const;
/** Of an operand class, the result class. */
const resultOf = [0, 1, 2, 3, 4, 5, 6, 6] as const;

export function resultClass(pattern: number, format: FloatFormat): number {
  return resultOf[operandClass(pattern, format) >> 1] ?? 0;
}

/** An axis over the whole-number range `from` to `to`, both ends included, each of them a bin. */
export function range<Sample>(from: number, to: number, of: (sample: Sample) => number): CoverAxis<Sample> {
  return {
    bins: Array.from({ length: to - from + 1 }, (_, i) => String(from + i)),
    of: (sample) => of(sample) - from,
  };
}

/** The exponent of the least normal number. */
export function leastExponent(format: FloatFormat): number {
  return 1 - exponentBias(format);
}
