import { UserError } from "../host/user-error.ts";

/**
 * A binary floating-point format in IEEE 754 style: sign, biased exponent, trailing significand.
 * Exponent 0 holds zero and the subnormals, the all-ones exponent the infinities and NaNs (clause 3.4).
 */
export interface FloatFormat {
  /** How the format is called in module names: `bf16`, `fp16`, `fp8_e4m3`, `e3m4`, ... */
  readonly name: string;
  /** Exponent field, in bits. */
  readonly exponentBits: number;
  /** Trailing significand field ("mantissa"), in bits; the significand has one more, the hidden bit. */
  readonly mantissaBits: number;
}

/** In JSON a format is its name, which `parseFormat` reads again. */
class NamedFormat implements FloatFormat {
  constructor(
    readonly name: string,
    readonly exponentBits: number,
    readonly mantissaBits: number,
  ) {}

  toJSON(): string {
    return this.name;
  }
}

/** The formats that have a name of their own; every other one is called `eXmY`. */
export const namedFormats: readonly FloatFormat[] = [
  new NamedFormat("bf16", 8, 7),
  new NamedFormat("fp16", 5, 10),
  new NamedFormat("fp8_e4m3", 4, 3),
  new NamedFormat("fp8_e5m2", 5, 2),
];

/** Bounds of `eXmY`: the largest is binary32, whose sums are still exact enough in float64 for the golden models. */
export const formatBounds = { exponentBits: [2, 8], mantissaBits: [1, 23] } as const;

/**
 * The format of a name: a named one, or `eXmY`. `e8m7` is `bf16`: a format has one name only.
 * @throws UserError for anything else
 */
export function parseFormat(name: string): FloatFormat {
  const named = namedFormats.find((format) => format.name === name);
  if (named !== undefined) return named;
  const fields = /^e(\d{1,2})m(\d{1,2})$/.exec(name);
  if (fields !== null) {
    const exponentBits = Number(fields[1]);
    const mantissaBits = Number(fields[2]);
    const [minExponent, maxExponent] = formatBounds.exponentBits;
    const [minMantissa, maxMantissa] = formatBounds.mantissaBits;
    const inside =
      exponentBits >= minExponent &&
      exponentBits <= maxExponent &&
      mantissaBits >= minMantissa &&
      mantissaBits <= maxMantissa;
    if (inside) {
      return (
        namedFormats.find((f) => f.exponentBits === exponentBits && f.mantissaBits === mantissaBits) ??
        new NamedFormat(`e${exponentBits}m${mantissaBits}`, exponentBits, mantissaBits)
      );
    }
  }
  const names = namedFormats.map((format) => format.name).join(", ");
  throw new UserError(`unknown format "${name}"; use ${names}, or eXmY with X from 2 to 8 and Y from 1 to 23 (e3m4)`);
}

/** All bits of a value: sign, exponent and mantissa. */
export function formatWidth(format: FloatFormat): number {
  return 1 + format.exponentBits + format.mantissaBits;
}

/** The bytes that one element takes on a byte-oriented bus: its bits padded to whole bytes. */
export function formatBytes(format: FloatFormat): number {
  return Math.ceil(formatWidth(format) / 8);
}

export function exponentBias(format: FloatFormat): number {
  return 2 ** (format.exponentBits - 1) - 1;
}

/** The bit patterns with a meaning of their own; all positive. */
export interface SpecialPatterns {
  readonly infinity: bigint;
  /** The canonical quiet NaN: sign 0, only the top mantissa bit set (0x7FC0 in BF16). */
  readonly canonicalNan: bigint;
  readonly largestFinite: bigint;
  readonly smallestNormal: bigint;
  readonly one: bigint;
}

export function specialPatterns(format: FloatFormat): SpecialPatterns {
  const m = BigInt(format.mantissaBits);
  const infinity = ((1n << BigInt(format.exponentBits)) - 1n) << m;
  return {
    infinity,
    canonicalNan: infinity | (1n << (m - 1n)),
    largestFinite: infinity - 1n,
    smallestNormal: 1n << m,
    one: BigInt(exponentBias(format)) << m,
  };
}
