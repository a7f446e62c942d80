import fc from "fast-check";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { roundToFormat } from "../../../gen/numeric/round.ts";

const bf16Format = parseFormat("bf16");

/** The BF16 pattern nearest to a value. */
export function bf16(value: number): bigint {
  return roundToFormat(value, bf16Format);
}

/** `count` equal scores. */
export function repeated(value: number, count: number): bigint[] {
  return Array.from({ length: count }, () => bf16(value));
}

/** `count` scores with a normal distribution (Box and Muller) of the given scale; `random` gives numbers in [0, 1). */
export function gaussianRow(count: number, scale: number, random: () => number): bigint[] {
  return Array.from({ length: count }, () =>
    bf16(scale * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())),
  );
}

/** Numbers in [0, 1) from a seed: a Weyl sequence through the finaliser of MurmurHash3. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A finite score as a whole number that grows with its value (-0 below +0), so that shrinking moves towards 0. */
function fromOrdinal(ordinal: number): bigint {
  return ordinal < 0 ? BigInt(0x8000 - ordinal - 1) : BigInt(ordinal);
}

const largestOrdinal = 0x7f7f;
const anyFinite = fc.integer({ min: -largestOrdinal - 1, max: largestOrdinal }).map(fromOrdinal);
const ordinary = fc.double({ min: -30, max: 30, noNaN: true }).map(bf16);
const mask = fc.constant(0xff80n);
const neighbours = fc
  .tuple(fc.integer({ min: -largestOrdinal + 300, max: largestOrdinal - 300 }), fc.integer({ min: 1, max: 300 }))
  .map(([centre, spread]) => fc.integer({ min: centre - spread, max: centre + spread }).map(fromOrdinal));

/** Rows of scores without NaN and +infinity: one distribution each, or a mixture; short ones shrink to shorter ones. */
export const rows: fc.Arbitrary<bigint[]> = fc
  .oneof(
    fc.constant(ordinary),
    fc.constant(anyFinite),
    neighbours,
    fc.constant(fc.oneof(ordinary, anyFinite, mask)),
    fc.constant(fc.constantFrom(...[39936, 40960, -39936, -40960, 3e38, -3e38, 16384, 32768, 0].map(bf16))),
    fc.constant(fc.integer({ min: 0, max: 0xff }).map((low) => BigInt(low & 0x7f) | (low > 0x7f ? 0x8000n : 0n))),
  )
  .chain((score) => fc.array(score, { minLength: 1, maxLength: 120 }))
  .filter((row) => row.some((score) => score !== 0xff80n));

/** Lanes that the published engines have, and odd ones. */
export const laneCounts = fc.constantFrom(1, 2, 3, 8, 16);
