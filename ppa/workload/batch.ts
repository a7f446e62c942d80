import type { ModuleEntry } from "../../gen/manifest.ts";
import { formatWidth } from "../../gen/numeric/format.ts";
import { resetName, type StimulusWriter } from "./stimulus.ts";
import { vectorElements, type Vectors } from "./vectors.ts";

/**
 * `isolated`: one vector at a time, its first beat presented when the last result of the one before has been seen; the
 * cycles that energyPerVector is averaged over. `streaming`: vectors back to back; throughput and its energy.
 */
export type Pace = "isolated" | "streaming";

/** The vectors that one stimulus runs at the same time. */
export interface Batch {
  readonly entry: ModuleEntry;
  readonly vectors: Vectors;
  readonly pace: Pace;
  readonly first: number;
  readonly count: number;
}

/** Beats of a vector. */
export function beatsOf({ spec }: ModuleEntry): number {
  return Math.ceil(vectorElements / spec.lanes);
}

/**
 * Puts the operands of a beat on a port: in run k those of vector `first + k`, or of the one that many after it (-1: before it).
 * Lanes beyond the vector's end hold.
 */
export function present(
  writer: StimulusWriter,
  port: string,
  patterns: Uint32Array,
  { entry, vectors, first, count }: Batch,
  beat: number,
  after: number,
): void {
  const { lanes } = entry.spec;
  const width = formatWidth(vectors.format);
  for (let run = 0; run < count; run++) {
    const vector = (first + run + after + vectors.count) % vectors.count;
    for (let lane = 0, element = beat * lanes; lane < lanes && element < vectorElements; lane++, element++) {
      writer.setBits(port, lane * width, width, run, patterns[vector * vectorElements + element] ?? 0);
    }
  }
}

/** Two cycles in reset and two out of it (ready bits rise at the first edge), the inputs as they stand. */
export function reset(writer: StimulusWriter): void {
  for (const value of [0, 0, 1, 1] as const) {
    writer.set(resetName, value);
    writer.cycle(false);
  }
}
