import { lookUp } from "../../gen/numeric/bipartite.ts";
import { exponentBias, parseFormat, specialPatterns } from "../../gen/numeric/format.ts";
import { toNumber } from "../../gen/numeric/round.ts";
import { softmaxArithmetic, sumFractionBits } from "../../gen/numeric/softmax_arithmetic.ts";
import { logTable, probabilityTable, termTable } from "../../gen/numeric/softmax_tables.ts";
import { isSubnormal, type ArithmeticOptions } from "./arithmetic.ts";

/** What a row's bits depend on, beside its scores. */
export interface SoftmaxOptions {
  /** Scores per beat. The maximum is that of whole beats, and what the sum cuts off depends on it. */
  readonly lanes: number;
  /** Elements that the sum is wide enough for. */
  readonly maxLength: number;
  /** `flush`: subnormal scores count as zero; results are never subnormal. */
  readonly subnormals: ArithmeticOptions["subnormals"];
}

const bf16 = parseFormat("bf16");
const { canonicalNan, infinity, one, smallestNormal } = specialPatterns(bf16);
/** One in the units of y and T. */
const unit = 2 ** softmaxArithmetic.fractionBits;

/**
 * Softmax of one row of BF16 scores, bit for bit as the engine computes it. All numbers here are whole and below 2^53, so
 * that float64 is exact; a division is by a power of two and followed by floor.
 *
 * Precedence: a row longer than `maxLength`, with a NaN, with +infinity or with nothing but -infinity gives the canonical
 * NaN for every element; then an element of -infinity gives +0; then p < 2^-126 gives +0, and nothing exceeds 1.
 */
export function softmax(scores: readonly bigint[], options: SoftmaxOptions): bigint[] {
  const powers = scores.map((score) => inBaseTwo(score, options));
  const total = scores.length > options.maxLength ? NaN : logarithmOfSum(powers, options);
  return powers.map((y) => (Number.isNaN(total) ? canonicalNan : probability(y, total)));
}

/**
 * e^x of one BF16 score by the arithmetic of pass 2 alone, which is how its table is judged: a NaN gives the canonical
 * NaN, overflow +infinity, and results below 2^-126 give +0.
 */
export function exponential(score: bigint, options: Pick<SoftmaxOptions, "subnormals">): bigint {
  const value = toNumber(score, bf16);
  if (Number.isNaN(value)) return canonicalNan;
  if (value === Infinity) return infinity;
  const pattern = roundedPower(inBaseTwo(score, options));
  return pattern < smallestNormal ? 0n : pattern > infinity ? infinity : pattern;
}

/**
 * y = x log2(e) as a whole number k of 2^-12; k stands for k + 1/2, so that -y is -k - 1. Zero of either sign is 0.
 * NaN and +infinity give NaN, -infinity itself.
 */
function inBaseTwo(score: bigint, { subnormals }: Pick<SoftmaxOptions, "subnormals">): number {
  const { log2e, large, largeExponent } = softmaxArithmetic;
  const x = subnormals === "flush" && isSubnormal(score, bf16) ? 0 : toNumber(score, bf16);
  if (x === Infinity || Number.isNaN(x)) return NaN;
  if (x === -Infinity || x === 0) return x;
  const isLarge = Math.abs(x) >= 2 ** (largeExponent - exponentBias(bf16));
  const magnitude = isLarge
    ? (large.marker + large.step * (Number(score) % 2 ** large.codeBits)) * unit
    : Math.floor((Math.abs(x) * log2e.numerator * unit) / 2 ** log2e.fractionBits);
  return x < 0 ? -magnitude - 1 : magnitude;
}

/** T = log2 of the sum of all 2^y, in units of 2^-12; NaN for a row without a softmax. */
function logarithmOfSum(powers: readonly number[], { lanes, maxLength }: SoftmaxOptions): number {
  if (powers.some(Number.isNaN)) return NaN;
  const fractionBits = sumFractionBits(maxLength);
  let maximum = -Infinity; // a whole power of two, without units
  let sum = 0; // of 2^(y - maximum), in units of 2^-fractionBits
  for (let first = 0; first < powers.length; first += lanes) {
    const beat = powers.slice(first, first + lanes);
    const highest = Math.max(...beat);
    if (highest === -Infinity) continue;
    const raised = Math.max(maximum, wholePart(highest));
    sum = shiftedDown(sum, raised - maximum, isLargePower(highest));
    maximum = raised;
    for (const y of beat) {
      if (y === -Infinity) continue;
      const term = (1 + lookUp(termTable, fractionPart(y)) / 2 ** termTable.spec.outputBits) * 2 ** fractionBits;
      sum += shiftedDown(term, maximum - wholePart(y), isLargePower(y));
    }
  }
  if (sum === 0) return NaN;
  const leadingBit = sum.toString(2).length - 1;
  const fraction = Math.floor(sum / 2 ** (leadingBit - softmaxArithmetic.fractionBits)) - unit;
  return (maximum + leadingBit - fractionBits) * unit + lookUp(logTable, fraction);
}

/** value / 2^count, cut off; 0 where the engine does not shift so far. */
function shiftedDown(value: number, count: number, large: boolean): number {
  const { negligiblePowers, negligibleLargePowers } = softmaxArithmetic;
  if (count >= (large ? negligibleLargePowers : negligiblePowers)) return 0;
  return Math.floor(value / 2 ** count);
}

/** 2^(y - T) rounded to BF16. It cannot exceed 1: the error budget is less than half the spacing above 1. */
function probability(y: number, total: number): bigint {
  if (y === -Infinity) return 0n;
  if (isLargePower(y) && wholePart(y - total) <= -softmaxArithmetic.negligibleLargePowers) return 0n;
  const pattern = roundedPower(y - total);
  return pattern < smallestNormal ? 0n : pattern;
}

/** The pattern of 2^t, were the exponent unlimited; negative below the least one. `t` in units of 2^-12. */
function roundedPower(t: number): bigint {
  if (t === -Infinity) return 0n;
  const { outputBits } = probabilityTable.spec;
  // Between two powers of two a pattern grows as 2^f - 1 does, and a carry out of the mantissa is the next exponent.
  const logLike = wholePart(t) * 2 ** outputBits + lookUp(probabilityTable, fractionPart(t));
  return BigInt(Math.floor(logLike / 2 ** (outputBits - bf16.mantissaBits))) + one;
}

function wholePart(y: number): number {
  return Math.floor(y / unit);
}

function fractionPart(y: number): number {
  return y - wholePart(y) * unit;
}

function isLargePower(y: number): boolean {
  return Math.abs(y) >= softmaxArithmetic.large.marker * unit;
}
