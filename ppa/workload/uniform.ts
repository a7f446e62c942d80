import type { NumberCodec } from "./numbers.ts";
import { seededRandom } from "../../gen/numeric/random.ts";
import { vectorCount, vectorElements, type Described } from "./vectors.ts";

/**
 * Every finite bit pattern of the format is equally likely, for scores and biases alike: signs, exponents (so that
 * values of all sizes meet) and mantissas are independent. Half of the sums are positive; neighbours share nothing, so that
 * every input bit but those near the top of the exponent changes in half of the beats.
 */
export function uniformWorkload(codec: NumberCodec, seed: number): Described {
  const random = seededRandom(seed);
  const finite = (): number => random.below(2) * codec.signBit + random.below(codec.infinity);
  const draw = (): Uint32Array => Uint32Array.from({ length: vectorCount * vectorElements }, finite);
  return {
    vectors: { format: codec.format, count: vectorCount, scores: draw(), biases: draw() },
    description: `Scores and biases are random finite ${codec.format.name} patterns, all equally likely.`,
  };
}
