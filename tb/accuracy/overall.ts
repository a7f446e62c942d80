import type { RowsAccuracy, SuiteAccuracy } from "./schema.ts";

/** Several suites taken together. */
export interface Overall {
  readonly rows: number;
  readonly results: number;
  readonly correctlyRounded: number;
  readonly undecided: number;
  /** The suite with the largest error in ulp. */
  readonly worst: SuiteAccuracy;
  /** The suite with the largest |sum - 1|. */
  readonly worstSum: SuiteAccuracy;
}

export function overall(suites: readonly SuiteAccuracy[]): Overall {
  const [first] = suites;
  if (first === undefined) throw new Error("a unit's accuracy needs at least one suite");
  const total = (part: (suite: SuiteAccuracy) => number): number => suites.reduce((sum, suite) => sum + part(suite), 0);
  const most = (part: (suite: SuiteAccuracy) => number): SuiteAccuracy =>
    suites.reduce((best, suite) => (part(suite) > part(best) ? suite : best), first);
  return {
    rows: total((suite) => suite.rows),
    results: total((suite) => suite.results),
    correctlyRounded: total((suite) => suite.correctlyRounded),
    undecided: total((suite) => suite.undecided),
    worst: most((suite) => suite.worstUlps),
    worstSum: most((suite) => suite.worstSum?.error ?? 0),
  };
}

/** The suites of random rows, whose share of correctly rounded results means something. */
export function randomSuitesOf({ suites }: RowsAccuracy): readonly SuiteAccuracy[] {
  return suites.filter(({ kind }) => kind === "random");
}
