import type { Work } from "../activity/measure.ts";
import { vectorElements } from "../workload/vectors.ts";
import type { Workload } from "../workload/workload.ts";

/** So many of all vectors, evenly spaced: `attention` has other slopes and scales in each. */
export function chosenVectors(all: number, wanted: number): number[] {
  const count = Math.min(all, wanted);
  return Array.from({ length: count }, (_, i) => Math.floor((i * all) / count));
}

/** The operands of these vectors alone. */
export function someOf({ format, scores, biases, hash }: Workload, chosen: readonly number[]): Work["workload"] {
  const pick = (patterns: Uint32Array): Uint32Array => {
    const picked = new Uint32Array(chosen.length * vectorElements);
    chosen.forEach((vector, i) => {
      picked.set(patterns.subarray(vector * vectorElements, (vector + 1) * vectorElements), i * vectorElements);
    });
    return picked;
  };
  return {
    format,
    count: chosen.length,
    scores: pick(scores),
    biases: biases && pick(biases),
    hash: `${hash} ${chosen.join()}`,
  };
}
