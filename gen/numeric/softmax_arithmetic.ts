/**
 * The numbers of the softmax engine: everything that its hardware and its golden model have to agree on.
 *
 * The engine works in base 2. A score x becomes y = x log2(e) in fixed point; pass 1 keeps M, the running maximum of
 * floor(y), and S, the running sum of 2^(y - M); pass 2 gives p = 2^(y - T) with T = M + log2(S). M is a whole number,
 * so that rescaling S is a shift; softmax does not change when every score is shifted. Online normalisation:
 * M. Milakov, N. Gimelshein, arXiv 1805.02867.
 *
 * Why the results are faithful (below 1 ulp) for every row of up to `maxLength` elements. Errors in units of 2^-13 of a
 * power of two, enumerated over every input of each table; the worst sum is what pass 2 sees:
 *
 * | Source                                              | too high | too low |
 * | y: half a grid step, of the element and of the sum  |   1 + 1  |  1 + 1  |
 * | log2(e): 5.8e-7 x 88 and x 9.4 (ln N + 1) nats      |      0.5 |     0.5 |
 * | table of pass 1                                     |      4.7 |     7.8 |
 * | sum: a unit in the last place is lost per term      |      5.8 |       0 |
 * | log2, with the bits of S that it does not see       |      5.6 |     4.1 |
 * | table of pass 2                                     |      3.6 |     3.4 |
 *
 * That is 2.76 and 2.22 x 2^-10, or 0.48 and 0.39 ulp where a result's significand is almost 2; with the rounding's half
 * the worst is 0.98 ulp. One fraction bit less in the sum would allow 1.10.
 */
export const softmaxArithmetic = {
  /** log2(e) = 189097 / 2^17 - 5.8e-7. */
  log2e: { numerator: 189097, fractionBits: 17 },

  /** Fraction bits F of y, of T and of what the tables are asked for. y stands for the middle of its grid step. */
  fractionBits: 12,

  /** Biased exponent from which a score is `large`: |x| >= 2^15, where neighbours are at least 256 apart. */
  largeExponent: 142,

  /**
   * A large score's |y| counts as 2^18 + 16 x (the low 14 bits of its code): monotone in the code, above every other |y|
   * (below 2^15.6), in steps of 16. That is enough, because softmax only sees whether two such scores are equal.
   */
  large: { marker: 2 ** 18, step: 16, codeBits: 14 },

  /** Bits of floor(y): sign, the marker of large scores, and 18 that hold 14 code bits in steps of 16. */
  integerBits: 20,

  /** A term this many powers of two below the maximum counts as 0; it would be below the last place of every sum. */
  negligiblePowers: 32,

  /** Two large scores are equal or at least this many apart, and then the smaller one counts as 0. */
  negligibleLargePowers: 16,
} as const;

/**
 * Row lengths that an engine can be built for. log2(S) of equal large scores has to stay clear of the step of 16 that
 * separates them from the next: log2(2^14) does.
 */
export const maxLengthBounds = { least: 2, most: 2 ** 14 } as const;

/**
 * Fraction bits of S. Every term is cut off at the last place, which loses at most N units of an S that is at least 1;
 * 11 bits more than log2(N) keep that below 2^-11. S starts with the 12 bits of a term, so fewer make no sense.
 */
export function sumFractionBits(maxLength: number): number {
  return Math.max(softmaxArithmetic.fractionBits, ceilLog2(maxLength) + 11);
}

/** Integer bits of S: every term is below 2. */
export function sumIntegerBits(maxLength: number): number {
  return ceilLog2(maxLength) + 1;
}

/** Bits of a key, y as one signed whole number of 2^-F. */
export const keyBits = softmaxArithmetic.integerBits + softmaxArithmetic.fractionBits;

function ceilLog2(count: number): number {
  return Math.ceil(Math.log2(count));
}
