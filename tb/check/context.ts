import type { UnitSpec } from "../../gen/spec.ts";
import type { CheckObserver } from "./observer.ts";

/** What a check needs to know beside the design itself. */
export interface CheckContext<Spec extends UnitSpec = UnitSpec> {
  readonly spec: Spec;
  /** In cycles, from the manifest. */
  readonly latency: number;
  /** For each pass over an isolated row, its cycles beside one per beat, from the manifest. */
  readonly passes: readonly number[];
  readonly seed: number;
  /** Random operands (or pairs) to try, roughly. */
  readonly vectors: number;
  /** Stops after this cycle, if the check can: for recording what led to a failure. */
  readonly lastCycle?: number;
  /** Whether a check that goes on after its first failure, to count the others, is to end there. */
  readonly stopAtFailure?: boolean;
  /** Told of the cycle of the first failure while what led to it is at hand, by a check that goes on after it. */
  readonly onFailure?: (cycle: number) => void;
  /** Told of what is judged. */
  readonly observer?: CheckObserver | undefined;
  /** Told now and then which part of the check is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}
