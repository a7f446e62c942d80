import type { NumberCodec } from "./numbers.ts";
import { seededRandom } from "../../gen/numeric/random.ts";
import { vectorCount, vectorElements, type Described } from "./vectors.ts";

/** The share of score + bias that is not positive in the papers' trained model, percent (section on FLARE's sparsity). */
export const measuredSparsity = 98.9;

/**
 * FIRE's progressive interpolation, log(c x + 1) with c = 0.1 (S. Li et al., "Functional interpolation for relative positions
 * improves long context transformers", 2024).
 */
const compressed = (distance: number): number => Math.log(0.1 * distance + 1);
/** Slopes of the bias over its normalised distance: one per head, drawn between these. */
const slopes = { least: 1, most: 4 } as const;

/**
 * `attention`: 32 causal rows, each the last row of another head over a context of 1,024 tokens: query 1,023 against keys 0
 * to 1,023 in this order, none of them masked.
 *
 * - Bias: f = -slope log(0.1 d + 1) / log(0.1 x 1023 + 1) at distance d = 1023 - key, the form of FIRE's position bias, with
 *   a slope between 1 and 4 per head. It rises smoothly from -slope to 0 along a row.
 * - Score: a = z - shift, z normal with standard deviation 1 and independent. The one shift is such that 98.9 % of all
 *   a + f are not positive; it comes out near 1. So the positive sums are found where the bias is small: 18 % of those with
 *   the 8 nearest keys are positive, 0.5 % of those with the keys beyond 512. (Of the scores alone, 85 % are not positive.)
 *
 * Both are rounded to the format; where that would change the sign of a sum, or make it 0, the score moves to the next
 * value that does not.
 */
export function attentionWorkload(codec: NumberCodec, seed: number): Described {
  const { vectors } = sparsityWorkload(codec, seed, measuredSparsity);
  return {
    vectors,
    description:
      `${vectorCount} causal rows of ${vectorElements} keys: biases of FIRE's form, falling with the logarithm of the distance ` +
      `(slopes 1 to 4); normal scores, shifted so that ${measuredSparsity} % of score + bias are not positive.`,
  };
}

/** `dense`: sparsity:0. */
export function denseWorkload(codec: NumberCodec, seed: number): Described {
  const { vectors } = sparsityWorkload(codec, seed, 0);
  return {
    vectors,
    description: "As attention, with the signs of score and bias exchanged wherever their sum is not positive.",
  };
}

/**
 * `sparsity:P`: attention's operands with P % of the sums not positive and everything else equal. Elements are ranked by their
 * sum; where attention's sign is not the one that the rank asks for, score and bias both change sign. So all magnitudes,
 * exponents and cancellations stay, only sign bits differ, the positive elements of one P are among those of
 * every lower one, and sparsity:98.9 is attention itself.
 */
export function sparsityWorkload(codec: NumberCodec, seed: number, percent: number): Described {
  const base = attentionOperands(codec, seed);
  const notPositive = shareOf(percent, base.order.length);
  const [scores, biases] = [base.scores.slice(), base.biases.slice()];
  base.order.forEach((element, rank) => {
    if (rank < notPositive === rank < base.notPositive) return;
    scores[element] = ((scores[element] ?? 0) ^ codec.signBit) >>> 0;
    biases[element] = ((biases[element] ?? 0) ^ codec.signBit) >>> 0;
  });
  return {
    vectors: { format: codec.format, count: vectorCount, scores, biases },
    description:
      `As attention, with the signs of score and bias exchanged in as few elements as leave ${percent} % of ` +
      "score + bias not positive.",
  };
}

const shareOf = (percent: number, count: number): number => Math.round((percent / 100) * count);

interface AttentionOperands {
  readonly scores: Uint32Array;
  readonly biases: Uint32Array;
  /** The elements in the order of their sums, the lowest first; the first `notPositive` of them are not positive. */
  readonly order: Uint32Array;
  readonly notPositive: number;
}

function attentionOperands(codec: NumberCodec, seed: number): AttentionOperands {
  const random = seededRandom(seed);
  const count = vectorCount * vectorElements;
  const [noise, biases] = [new Float64Array(count), new Float64Array(count)];
  for (let vector = 0; vector < vectorCount; vector++) {
    const slope = slopes.least + (slopes.most - slopes.least) * random.fraction();
    for (let key = 0; key < vectorElements; key++) {
      const distance = vectorElements - 1 - key;
      noise[vector * vectorElements + key] = random.normal();
      biases[vector * vectorElements + key] = (-slope * compressed(distance)) / compressed(vectorElements - 1);
    }
  }
  const sums = noise.map((score, i) => score + (biases[i] ?? 0));
  const order = Uint32Array.from(sums.keys()).sort((a, b) => (sums[a] ?? 0) - (sums[b] ?? 0) || a - b);
  const notPositive = shareOf(measuredSparsity, count);
  const bound = (rank: number): number => sums[order[rank] ?? 0] ?? 0;
  const shift = (bound(notPositive - 1) + bound(notPositive)) / 2;
  const positive = new Uint8Array(count);
  for (const element of order.subarray(notPositive)) positive[element] = 1;
  const patterns = { scores: new Uint32Array(count), biases: new Uint32Array(count) };
  for (let i = 0; i < count; i++) {
    const bias = codec.encode(limited(codec, biases[i] ?? 0));
    patterns.biases[i] = bias;
    patterns.scores[i] = scoreFor(codec, limited(codec, (noise[i] ?? 0) - shift), bias, positive[i] === 1);
  }
  return { ...patterns, order, notPositive };
}

/** Within half of the format's range, so that a narrow one can represent score, bias and their sum. */
function limited(codec: NumberCodec, value: number): number {
  const most = codec.largestFinite / 2;
  return Math.min(Math.max(value, -most), most);
}

/** The pattern nearest to a score whose sum with the bias has the sign that is wanted. */
function scoreFor(codec: NumberCodec, score: number, bias: number, positive: boolean): number {
  const against = codec.decode(bias);
  let pattern = codec.encode(score);
  while (codec.decode(pattern) + against === 0 || codec.decode(pattern) + against > 0 !== positive) {
    pattern = neighbour(codec, pattern, positive);
  }
  return pattern;
}

/** The next larger or smaller finite pattern; of the two zeros only the positive one is met. */
function neighbour({ signBit }: NumberCodec, pattern: number, larger: boolean): number {
  const order = pattern >= signBit ? signBit - pattern : pattern;
  const next = order + (larger ? 1 : -1);
  return next < 0 ? signBit - next : next;
}
