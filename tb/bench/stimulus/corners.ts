import { formatWidth, specialPatterns, type FloatFormat } from "../../../gen/numeric/format.ts";

/**
 * The bit patterns where adders go wrong, both signs of each, without repetition: zero; the bounds and the middle of the
 * subnormals; the first normals; one and its neighbours, half and two; operands half a spacing of one apart (ties), on
 * both sides of even; the largest finite values and those that round past them; infinity; quiet and signalling NaNs.
 */
export function corners(format: FloatFormat): readonly bigint[] {
  const { infinity, canonicalNan, largestFinite, smallestNormal, one } = specialPatterns(format);
  const m = BigInt(format.mantissaBits);
  const binade = 1n << m;
  const signBit = 1n << BigInt(formatWidth(format) - 1);
  /** 2^exponent as a pattern, or the nearest thing to it that is still a number of the format. */
  const powerOfTwo = (exponent: bigint): bigint => clamp(one + exponent * binade);
  const clamp = (pattern: bigint): bigint => (pattern < 0n ? 0n : pattern > largestFinite ? largestFinite : pattern);
  const magnitudes = [
    ...[0n, 1n, 2n, 3n, smallestNormal / 2n, smallestNormal / 2n + 1n, smallestNormal - 2n, smallestNormal - 1n],
    ...[smallestNormal, smallestNormal + 1n, smallestNormal + binade, 2n * binade - 1n],
    ...[one, one - 1n, one - 2n, one + 1n, one + 2n, one + binade / 2n, powerOfTwo(1n), powerOfTwo(-1n)],
    // Against one: half a spacing above and below, those plus and minus one unit, and a quarter (sticky only).
    ...[powerOfTwo(-m - 1n), powerOfTwo(-m), powerOfTwo(-m - 2n), powerOfTwo(-m - 1n) + 1n, powerOfTwo(-m - 1n) - 1n],
    ...[powerOfTwo(m), powerOfTwo(m + 1n), powerOfTwo(m + 1n) + 1n, powerOfTwo(m + 2n) - 1n],
    // Against the largest finite value: half its spacing overflows, as a little more does, a little less does not.
    ...[largestFinite, largestFinite - 1n, largestFinite / 2n, infinity - binade, clamp(infinity - binade * (m + 2n))],
    ...[clamp(infinity - binade * (m + 2n) - 1n), clamp(infinity - binade * (m + 2n) + 1n)],
    ...[infinity, canonicalNan, canonicalNan + 1n, infinity + 1n, canonicalNan - 1n, signBit - 1n],
  ];
  const proper = magnitudes.map((pattern) => (pattern < 0n ? 0n : pattern)).filter((pattern) => pattern < signBit);
  return [...new Set(proper.flatMap((pattern) => [pattern, pattern | signBit]))];
}
