/**
 * The numbers of softplus, ln(1 + e^x) in BF16: what its tables, its hardware and its golden model have to agree on.
 *
 * A score becomes a key, a whole number of 2^-9, in one of two ways:
 *
 * - Below 2 it is y = x log2(e), rounded down and taken in the middle of its step. A correction makes it log2(ln(1 + 2^y)),
 *   the logarithm of the result; where y is positive the correction is added to y / 2, from which it departs less.
 * - From 2 on it is the score's own code (exponent and mantissa), less that of 2. The correction makes it the result's, which is
 *   at most a tenth larger than the score; from 4 on it is the score.
 *
 * The correction is a level and a slope. A segment is a sixteenth of one integer part of the key, and has a level of its own. How
 * the correction leaves that level depends on the place in the segment, and there is nothing to look up in it: below 0 the
 * slope is 1/4, 1/8 and 1/16 from one integer part to the next, as 2^y is; from 0 to 1 it is 3/16; elsewhere none is needed.
 */
export const softplusArithmetic = {
  /** Fraction bits of a key. */
  fractionBits: 9,
  /** Bits of |y| before the point. */
  wholeBits: 7,
  /** Biased exponent of the largest |x| that is multiplied by log2(e); its product is in units of a key. */
  topExponent: 133,
  /** Biased exponent of the smallest. The two below it have |y| = 2^-9, everything smaller has 0. */
  leastExponent: 118,
  /** Biased exponent of the scores from 2 on. */
  directExponent: 128,
  /** Code of 87.5: ln(1 + e^-87) is still above 2^-126, and the next result is +0. */
  zeroCode: 0x42af,
  /** A key in [-8, 4) has a correction: eight rows of segments for negative keys, four for others. */
  negativeRows: 8,
  positiveRows: 4,
  segmentBits: 4,
  /** 2^f - 1 - f, which makes a logarithm's fraction a mantissa, by the upper 6 bits of the fraction, in units of 2^-8. */
  power: { addressBits: 6, unitBits: 8 },
} as const;

const { fractionBits, segmentBits, negativeRows, positiveRows } = softplusArithmetic;

export interface SoftplusKey {
  readonly key: number;
  /** Whether the key is the score's own code. */
  readonly direct: boolean;
}

/** The place of a key in the tables: row x 2^segmentBits + segment; undefined: it needs no correction. */
export function segmentOf({ key, direct }: SoftplusKey): number | undefined {
  const whole = Math.floor(key / 2 ** fractionBits);
  if (whole < -negativeRows || whole >= (direct ? 1 : positiveRows)) return undefined;
  const row = whole < 0 ? 2 * negativeRows + whole : whole + (direct ? positiveRows : 0);
  return row * 2 ** segmentBits + Math.floor((key / 2 ** fractionBits - whole) * 2 ** segmentBits);
}

/** What a key's correction has beside its segment's level, in the key's units. */
export function slopeOf({ key, direct }: SoftplusKey): number {
  const segmentLength = 2 ** (fractionBits - segmentBits);
  const whole = Math.floor(key / 2 ** fractionBits);
  const place = key - Math.floor(key / segmentLength) * segmentLength;
  if (whole === 0 && !direct) return riseAt(place);
  return whole < 0 && whole >= -3 ? Math.floor((segmentLength - 1 - place) / 2 ** (1 - whole)) : 0;
}

/** The slope from 0 to 1. */
export const riseAt = (place: number): number => Math.ceil((place * 3) / 16);

/** ln(1 + e^x), good to the last bits of a float64. */
export const exactSoftplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
