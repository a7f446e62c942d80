import type { CoverCross } from "../../bench/coverage.ts";
import type { CheckObserver } from "../../check/observer.ts";

/** A cross as a report sees it, whatever it samples. */
export type Counted = Pick<CoverCross<never>, "plan" | "group" | "breaches" | "impossible">;

/** Groups of bins, and what fills them while a check runs. */
export interface FunctionalCoverage {
  readonly groups: readonly Counted[];
  readonly observer: CheckObserver;
}
