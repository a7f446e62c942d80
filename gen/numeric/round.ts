import { exponentBias, specialPatterns, type FloatFormat } from "./format.ts";

/** float64 and its bits share these eight bytes. */
const scratch = new DataView(new ArrayBuffer(8));
const float64Bias = 1023;
const float64MantissaBits = 52n;

/**
 * Rounds a float64 value to a format: to nearest, ties to even (IEEE 754, 4.3.1), subnormals included, overflow to
 * infinity. Any NaN gives the canonical one; a zero keeps its sign.
 */
export function roundToFormat(value: number, format: FloatFormat): bigint {
  const { canonicalNan, infinity } = specialPatterns(format);
  if (Number.isNaN(value)) return canonicalNan;
  const sign = Object.is(Math.sign(value), -0) || value < 0 ? signBit(format) : 0n;
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return sign | infinity;
  const minExponent = 1 - exponentBias(format);
  const exponent = Math.max(exponentOf(magnitude), minExponent);
  // In units of the format's spacing at this exponent; the scaling is by a power of two and therefore exact.
  const spacings = roundToInteger(magnitude / 2 ** (exponent - format.mantissaBits));
  // Consecutive values have consecutive patterns, across binades too: a carry out of the mantissa lands in the exponent.
  const pattern = (BigInt(exponent - minExponent) << BigInt(format.mantissaBits)) + BigInt(spacings);
  return sign | (pattern > infinity ? infinity : pattern);
}

/** The value of a bit pattern; every NaN gives NaN. Exact for every format of `formatBounds`. */
export function toNumber(bits: bigint, format: FloatFormat): number {
  const mantissaSize = BigInt(format.mantissaBits);
  const magnitude = bits & (signBit(format) - 1n);
  const { infinity } = specialPatterns(format);
  const sign = magnitude === bits ? 1 : -1;
  if (magnitude > infinity) return NaN;
  if (magnitude === infinity) return sign * Infinity;
  const exponentField = Number(magnitude >> mantissaSize);
  const mantissa = Number(magnitude & ((1n << mantissaSize) - 1n));
  const minExponent = 1 - exponentBias(format);
  const spacing = 2 ** (Math.max(exponentField, 1) - 1 + minExponent - format.mantissaBits);
  const hidden = exponentField === 0 ? 0 : 2 ** format.mantissaBits;
  return sign * (hidden + mantissa) * spacing;
}

function signBit(format: FloatFormat): bigint {
  return 1n << BigInt(format.exponentBits + format.mantissaBits);
}

/** floor(log2(magnitude)) of a float64 that is not subnormal; those are below every format and give a low exponent. */
function exponentOf(magnitude: number): number {
  scratch.setFloat64(0, magnitude);
  return Number(scratch.getBigUint64(0) >> float64MantissaBits) - float64Bias;
}

/** To the nearest whole number, ties to even, for 0 <= value < 2^52: there, 2^52 + value has a spacing of 1. */
function roundToInteger(value: number): number {
  return value + 2 ** 52 - 2 ** 52;
}
