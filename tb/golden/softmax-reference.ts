import { parseFormat } from "../../gen/numeric/format.ts";
import { roundToFormat, toNumber } from "../../gen/numeric/round.ts";

const bf16 = parseFormat("bf16");

/**
 * Softmax as a real-valued function: p_i = exp(x_i - max) / sum of exp(x_j - max), in float64 with a compensated sum
 * (W. Kahan, CACM 8(1), 1965). Good to 2^-45 relative: where p is 2^-126 or more, x_i - max is at most 88 and rounded by
 * at most 2^-47, and exp, sum and division add a few 2^-53. NaN, infinities and rows without a finite score give NaN or 0
 * as the contract says.
 */
export function softmaxReference(scores: readonly bigint[]): number[] {
  const x = scores.map((score) => toNumber(score, bf16));
  const maximum = x.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!Number.isFinite(maximum)) return x.map(() => NaN);
  const terms = x.map((value) => Math.exp(value - maximum));
  const total = compensatedSum(terms);
  return terms.map((term) => term / total);
}

/** The sum of `values`, as if added in twice the precision and then rounded. */
export function compensatedSum(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const corrected = value - lost;
    const next = sum + corrected;
    lost = next - sum - corrected;
    sum = next;
  }
  return sum;
}

/** The spacing of BF16 in the binade of a value > 0: ulp(value). */
export function spacingAt(value: number): number {
  let exponent = Math.floor(Math.log2(value));
  if (2 ** exponent > value) exponent--;
  if (2 ** (exponent + 1) <= value) exponent++;
  return 2 ** (exponent - bf16.mantissaBits);
}

/** |result - exact| in ulp(exact); a result is faithful below 1. */
export function errorInUlps(result: bigint, exact: number): number {
  return Math.abs(toNumber(result, bf16) - exact) / spacingAt(exact);
}

/** Relative error that an exact value may have here. */
const doubt = 2 ** -45;

/** The BF16 nearest to an exact value that is known to 2^-45: two of them, where a tie is nearer than that. */
export function nearestPatterns(exact: number): readonly [bigint, bigint] {
  return [roundToFormat(exact * (1 - doubt), bf16), roundToFormat(exact * (1 + doubt), bf16)];
}
