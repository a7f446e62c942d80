import { parseFormat } from "../../../../gen/numeric/format.ts";
import { roundToFormat } from "../../../../gen/numeric/round.ts";
import type { Random } from "../../random.ts";

const format = parseFormat("bf16");

/** Patterns with a name. */
export const special = {
  zero: 0x0000n,
  minusZero: 0x8000n,
  infinity: 0x7f80n,
  /** -infinity: an element that does not count. */
  mask: 0xff80n,
  quietNan: 0x7fc0n,
  signallingNan: 0x7f81n,
  minusQuietNan: 0xffc0n,
  minusSignallingNan: 0xff81n,
  largestFinite: 0x7f7fn,
} as const;

/** Everything that makes a whole row NaN. */
export const poisons = [
  special.infinity,
  special.quietNan,
  special.signallingNan,
  special.minusQuietNan,
  special.minusSignallingNan,
] as const;

export const signBit = 0x8000n;

/** The BF16 pattern nearest to a value. */
export function bf16(value: number): bigint {
  return roundToFormat(value, format);
}

/** A row by the value of each place. */
export function rowOf(count: number, value: (place: number) => number): bigint[] {
  return Array.from({ length: count }, (_, place) => bf16(value(place)));
}

/** `count` equal scores. */
export function repeated(value: number, count: number): bigint[] {
  return rowOf(count, () => value);
}

/** A row with one element replaced. */
export function withElement(row: readonly bigint[], place: number, score: bigint): bigint[] {
  return row.map((other, i) => (i === place ? score : other));
}

/** `count` scores with a normal distribution of the given scale. */
export function gaussianRow(count: number, scale: number, random: Random): bigint[] {
  return rowOf(count, () => random.normal(scale));
}

/** The rank of the largest finite score. */
export const largestRank = 0x7f7f;

/** The finite score of a rank: a whole number from -largestRank - 1 to largestRank that grows with the value, -0 below +0. */
export function scoreOfRank(rank: number): bigint {
  return rank < 0 ? signBit + BigInt(-rank - 1) : BigInt(rank);
}

/** Any finite score, each pattern as often as any other. */
export function anyFinite(random: Random): bigint {
  return scoreOfRank(random.below(2 * (largestRank + 1)) - largestRank - 1);
}

/** A subnormal of either sign, or a zero. */
export function anySubnormal(random: Random): bigint {
  return BigInt(random.below(0x80)) + (random.chance(0.5) ? signBit : 0n);
}

/** How often a row of one magnitude has a zero. */
const zeroChance = 1 / 8;

/** Exponents from 2^-16 to 2^15, between which a score neither rounds to 0 nor is too large to be shifted. */
const shifted = { lowest: 111, count: 32 } as const;

/**
 * Scores with the exponents up to one that is drawn for the row, which is as frequent as all others together, or a few steps from
 * each other; both signs, or one; and zeros. So small scores stand among their like, where larger ones do not hide what becomes
 * of them, and rows of nothing but huge negative ones come as well.
 */
export function oneMagnitudeRow(count: number, random: Random): bigint[] {
  const largest = random.chance(0.5) ? random.below(0xff) : shifted.lowest + random.below(shifted.count);
  const negative = random.pick([0, 0.5, 1]);
  const start = 0x80 * largest + random.below(0x80);
  const isNear = random.chance(0.25);
  const magnitude = (): number => {
    if (isNear) return Math.max(0, start - random.below(4));
    if (random.chance(zeroChance)) return 0;
    const exponent = random.chance(0.5) ? largest : random.below(largest + 1);
    return 0x80 * exponent + random.below(0x80);
  };
  return Array.from({ length: count }, () => (random.chance(negative) ? signBit : 0n) + BigInt(magnitude()));
}
