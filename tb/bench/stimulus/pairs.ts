import { formatWidth, type FloatFormat } from "../../../gen/numeric/format.ts";
import type { Random } from "../random.ts";

/** Operand pairs as unsigned patterns: `scores[i]` goes with `biases[i]`. */
export interface Pairs {
  readonly scores: Uint32Array;
  readonly biases: Uint32Array;
}

/** Writes the pairs of the indices `from` to `to - 1`. */
export type FillPairs = (pairs: Pairs, from: number, to: number) => void;

/** Writes one pair at an index. */
export type PairKind = (pairs: Pairs, at: number) => void;

/**
 * Random operand pairs of a format, most of them where addition is hard:
 *
 * - any bits at all (so NaNs, infinities and far exponents come too): 20 %;
 * - exponents at most precision + 2 apart, any signs: 30 %;
 * - near cancellation, magnitudes a few units apart and signs opposite: 20 %;
 * - exact ties, and ties that one more bit breaks: 15 %;
 * - both near the bottom or both near the top of the range: 5 %;
 * - cancellation down to the subnormal results, by any number of places: 5 %;
 * - zeros, subnormals, infinities and NaNs of which at most one mantissa bit is set, with any bits at all: 5 %.
 */
export function randomPairs(format: FloatFormat, random: Random): FillPairs {
  const kinds = pairKinds(format, random);
  return (pairs, from, to) => {
    for (let at = from; at < to; at++) {
      const draw = random.below(100);
      const kind =
        draw < 20
          ? kinds.any
          : draw < 50
            ? kinds.close
            : draw < 70
              ? kinds.cancelling
              : draw < 85
                ? kinds.tied
                : draw < 90
                  ? kinds.extreme
                  : draw < 95
                    ? kinds.sinking
                    : kinds.special;
      kind(pairs, at);
    }
  };
}

export function pairKinds(
  format: FloatFormat,
  random: Random,
): Readonly<Record<"any" | "close" | "cancelling" | "tied" | "extreme" | "sinking" | "special", PairKind>> {
  const { mantissaBits, exponentBits } = format;
  const precision = mantissaBits + 1;
  const width = formatWidth(format);
  const binade = 2 ** mantissaBits;
  const signBit = 2 ** (width - 1);
  const topExponent = 2 ** exponentBits - 2;
  const anyBits = (): number => random.uint32() % 2 ** width;
  const sign = (): number => (random.chance(0.5) ? signBit : 0);
  const clampExponent = (exponent: number): number => Math.min(Math.max(exponent, 0), topExponent);
  const put = ({ scores, biases }: Pairs, at: number, first: number, second: number): void => {
    const swap = random.chance(0.5);
    scores[at] = swap ? second : first;
    biases[at] = swap ? first : second;
  };
  return {
    any: (pairs, at) => {
      put(pairs, at, anyBits(), anyBits());
    },
    close: (pairs, at) => {
      const larger = random.below(topExponent + 1);
      const smaller = clampExponent(larger - random.below(precision + 3));
      put(pairs, at, sign() + larger * binade + random.below(binade), sign() + smaller * binade + random.below(binade));
    },
    cancelling: (pairs, at) => {
      const magnitude = random.below((topExponent + 1) * binade);
      const step = random.below(8) < 2 ? 0 : random.below(2 * binade);
      const other = Math.max(magnitude - (random.chance(0.5) ? Math.min(step, 4) : step), 0);
      const first = sign();
      put(pairs, at, first + magnitude, signBit - first + other);
    },
    tied: (pairs, at) => {
      // Shifting by `distance` pushes the smaller operand's lowest set bit to half a unit of the larger one.
      const distance = 1 + random.below(precision);
      const larger = Math.max(random.below(topExponent + 1), 1);
      const smaller = Math.max(larger - distance, 1);
      const lowest = 2 ** (distance - 1);
      const significand = binade + Math.floor(random.below(binade) / (2 * lowest)) * 2 * lowest + lowest;
      const mantissa = distance === precision ? 0 : significand % binade;
      const nudge = random.chance(0.6) ? 0 : random.chance(0.5) ? 1 : -1;
      const tie = smaller * binade + mantissa;
      put(pairs, at, sign() + larger * binade + random.below(binade), sign() + Math.max(tie + nudge, 0));
    },
    extreme: (pairs, at) => {
      const top = random.chance(0.5);
      const near = (): number =>
        clampExponent(top ? topExponent - random.below(2) : random.below(2)) * binade + random.below(binade);
      put(pairs, at, sign() + near(), sign() + near());
    },
    sinking: (pairs, at) => {
      // Exponents that the cancelled places are about to use up, by a difference of any number of bits; a power of two and the
      // number below it, which has the exponent below, cancel the most.
      const mantissa = random.chance(0.25) ? 0 : random.below(binade);
      const magnitude = clampExponent(random.below(precision + 2)) * binade + mantissa;
      const other = Math.max(magnitude - random.below(2 ** random.below(precision + 2)), 0);
      const first = sign();
      put(pairs, at, first + magnitude, signBit - first + other);
    },
    special: (pairs, at) => {
      // Each mantissa bit by itself makes a NaN of an infinity, and a subnormal of a zero.
      const mantissa = random.chance(0.2) ? 0 : 2 ** random.below(mantissaBits);
      const exponent = random.chance(0.5) ? 0 : topExponent + 1;
      put(pairs, at, sign() + exponent * binade + mantissa, anyBits());
    },
  };
}
