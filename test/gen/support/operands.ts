import { exponentBias, formatWidth, type FloatFormat } from "../../../gen/numeric/format.ts";

/** A finite, positive number taken apart by division and remainder. */
export interface Operand {
  readonly pattern: bigint;
  /** The exponent field. */
  readonly field: number;
  /** The significand as it goes with that field: {1, mantissa}, or {mantissa, 0} for a subnormal. */
  readonly significand: number;
  /** The value in units of 2^(1 - bias - mantissaBits), half of the smallest subnormal's: a whole number. */
  readonly halves: bigint;
}

/** Every finite number of a format without its sign, zero and subnormals included. */
export function finiteOperands({ exponentBits, mantissaBits }: FloatFormat): Operand[] {
  const size = 2 ** mantissaBits;
  return Array.from({ length: (2 ** exponentBits - 1) * size }, (_, pattern) => {
    const [field, mantissa] = [Math.floor(pattern / size), pattern % size];
    const significand = field === 0 ? 2 * mantissa : size + mantissa;
    return { pattern: BigInt(pattern), field, significand, halves: BigInt(significand) << BigInt(field) };
  });
}

/** The value that `halves` counts, as a number: exact for the small formats of these tests. */
export const numberOf = (halves: bigint, format: FloatFormat): number =>
  Number(halves) * 2 ** (-exponentBias(format) - format.mantissaBits);

/** The exponent and mantissa fields of a pattern, sign left out. */
export function fieldsOf(
  pattern: bigint,
  format: FloatFormat,
): { readonly exponent: bigint; readonly mantissa: bigint } {
  const magnitude = pattern % (1n << BigInt(formatWidth(format) - 1));
  const size = 1n << BigInt(format.mantissaBits);
  return { exponent: magnitude / size, mantissa: magnitude % size };
}
