import type { FloatFormat } from "../../gen/numeric/format.ts";

/** Elements of a vector, or of a softmax row: what energy and latency are given for. */
export const vectorElements = 1024 as const;

/** Vectors of a synthetic workload: as many as the simulator runs at once. */
export const vectorCount = 32;

/** Operands of a unit, one vector after another. */
export interface Vectors {
  readonly format: FloatFormat;
  readonly count: number;
  /** Bit patterns, count x 1,024. */
  readonly scores: Uint32Array;
  /** The position biases that go with the scores, or undefined where a trace has none. */
  readonly biases: Uint32Array | undefined;
}

/** Vectors, and a sentence or two on where they come from. */
export interface Described {
  readonly vectors: Vectors;
  readonly description: string;
}
