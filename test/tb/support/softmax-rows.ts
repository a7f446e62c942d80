import fc from "fast-check";
import { bf16, largestRank, scoreOfRank, special } from "../../../tb/bench/stimulus/softmax/scores.ts";

// Ranks shrink towards 0.
const anyFinite = fc.integer({ min: -largestRank - 1, max: largestRank }).map(scoreOfRank);
const ordinary = fc.double({ min: -30, max: 30, noNaN: true }).map(bf16);
const mask = fc.constant(special.mask);
const neighbours = fc
  .tuple(fc.integer({ min: -largestRank + 300, max: largestRank - 300 }), fc.integer({ min: 1, max: 300 }))
  .map(([centre, spread]) => fc.integer({ min: centre - spread, max: centre + spread }).map(scoreOfRank));

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
  .filter((row) => row.some((score) => score !== special.mask));

/** Lanes that the published engines have, and odd ones. */
export const laneCounts = fc.constantFrom(1, 2, 3, 8, 16);

/**
 * Numbers in [0, 1) from a seed, as the C++ model of the pinned bits was given them: a Weyl sequence through the finaliser
 * of MurmurHash3. Other tests take `seededRandom`.
 */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
