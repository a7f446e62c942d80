import type { Workload } from "../workload/workload.ts";
import { vectorElements, type Vectors } from "../workload/vectors.ts";

/** So many of all vectors, evenly spaced: `attention` has other slopes and scales in each. */
export function chosenVectors(all: number, wanted: number): number[] {
  const count = Math.min(all, wanted);
  return Array.from({ length: count }, (_, i) => Math.floor((i * all) / count));
}

/** The operands of these vectors alone. */
export function someOf({ format, scores, biases }: Workload, chosen: readonly number[]): Vectors {
  const pick = (patterns: Uint32Array): Uint32Array => {
    const picked = new Uint32Array(chosen.length * vectorElements);
    chosen.forEach((vector, i) => {
      picked.set(patterns.subarray(vector * vectorElements, (vector + 1) * vectorElements), i * vectorElements);
    });
    return picked;
  };
  return { format, count: chosen.length, scores: pick(scores), biases: biases && pick(biases) };
}
