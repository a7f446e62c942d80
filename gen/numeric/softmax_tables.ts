import { bipartiteTable } from "./bipartite.ts";
import { softmaxArithmetic } from "./softmax_arithmetic.ts";

const inputBits = softmaxArithmetic.fractionBits;
/** Mantissa bits of BF16, which pass 2 cuts its results off to. */
const mantissaBits = 7;

/**
 * Pass 1: 2^f - 1 in units of 2^-12, so that a term of the sum is (2^12 + value) 2^floor(y). It is asked for the middle of
 * y's grid step. A term is never below its power of two: values are 0 or more (and at most 4093).
 */
export const termTable = bipartiteTable({
  name: "exp2_term",
  words: "2^f - 1 for a term of pass 1, in units of 2^-12",
  inputBits,
  inputOffset: 0.5,
  outputBits: 12,
  segmentBits: 6,
  slopeBits: 3,
  ignoredBits: 2,
  target: (f) => 2 ** f - 1,
  rounding: 0,
  neverNegative: true,
});

/**
 * The row's log2(1 + f) in units of 2^-12; f is the 12 bits below the leading one of S, cut off, hence taken in the middle
 * of its step. Values from 2 to 4096: they can carry into the integer part.
 */
export const logTable = bipartiteTable({
  name: "log2_sum",
  words: "log2(1 + f) of a row's sum, in units of 2^-12",
  inputBits,
  inputOffset: 0.5,
  outputBits: 12,
  segmentBits: 6,
  slopeBits: 4,
  ignoredBits: 1,
  target: (f) => Math.log2(1 + f),
  rounding: 0,
  neverNegative: false,
});

/**
 * Pass 2: 2^f - 1 in units of 2^-13 plus half a place of BF16 (32 units), so that cutting the value off to 7 bits rounds
 * it. y - T is in the middle of its step because y is. Values from 31 to 8219: above 8191 they round up to the next power.
 */
export const probabilityTable = bipartiteTable({
  name: "exp2_probability",
  words: "2^f - 1 for a probability of pass 2, in units of 2^-13, half a place of BF16 included",
  inputBits,
  inputOffset: 0.5,
  outputBits: 13,
  segmentBits: 6,
  slopeBits: 3,
  ignoredBits: 1,
  target: (f) => 2 ** f - 1,
  rounding: 2 ** (13 - mantissaBits - 1),
  neverNegative: false,
});

/** In the order in which a row meets them. */
export const softmaxTables = [termTable, logTable, probabilityTable] as const;
