import type { SubnormalMode } from "../spec.ts";

/** What identifies a softmax core. */
export interface SoftmaxCoreSpec {
  /** Elements per beat. */
  readonly lanes: number;
  /** Elements of the longest row; it sets the width of the sum. */
  readonly maxLength: number;
  readonly subnormals: SubnormalMode;
  /** What the names of its parts end in, to tell them from those of other stages or subnormals: empty, `_s2`, `_ftz`. */
  readonly suffix: string;
  /** The registers that exist, besides those of the recurrence and of the outputs. */
  readonly cuts: SoftmaxCuts;
}

/** Names of cuts, per pass. */
export interface SoftmaxCuts {
  /**
   * Pass 1: `product`, `key` in front of the running maximum, `maximum_1`, ... behind each level of the tree over the
   * lanes; behind it `distance` (lanes > 1), `term`, and `sum_1`, ... behind each level of the adders over the lanes.
   */
  readonly statistics: readonly string[];
  /** Pass 2: `product`, `key`, `difference`, `correction`. */
  readonly normalise: readonly string[];
}

/** Levels of a binary tree over the lanes. */
export const treeLevels = (lanes: number): number => Math.ceil(Math.log2(lanes));

/** Pipeline registers of pass 2, the output's included: what `cutsOf` has plans for. */
export const stageBounds = { least: 2, most: 5 } as const;

/** The cuts that a number of stages makes registers: pass 2 has that many, pass 1 those that keep up with it. */
export function cutsOf(lanes: number, stages: number): SoftmaxCuts {
  const plan = plans[stages];
  if (plan === undefined) throw new Error(`softmax has no plan for ${stages} stages`);
  return plan(treeLevels(lanes));
}

/** `tree`_1, ...: those behind the levels from `first` to `last` that exist. */
function behind(tree: string, first: number, last: number): string[] {
  const start = Math.max(1, first);
  return Array.from({ length: Math.max(0, last - start + 1) }, (_, i) => `${tree}_${start + i}`);
}

/** Cuts by stages, found by trying: those that reach the highest clock with the fewest registers. */
const plans: Readonly<Record<number, (levels: number) => SoftmaxCuts>> = {
  2: (levels) => ({
    statistics: ["key", ...behind("maximum", levels - 1, levels - 1), "term"],
    normalise: ["key"],
  }),
  3: (levels) => ({
    statistics: ["key", ...behind("maximum", levels - 1, levels - 1), "term", ...behind("sum", levels, levels)],
    normalise: ["key", "difference"],
  }),
  4: (levels) => ({
    statistics: [
      "product",
      "key",
      // The last comparison shares its stage with the one against the running maximum.
      ...behind("maximum", 1, levels - 1),
      ...(levels > 0 ? ["distance"] : []),
      "term",
      ...behind("sum", levels - 1, levels),
    ],
    normalise: ["product", "key", "difference"],
  }),
  5: (levels) => ({
    statistics: [
      "product",
      "key",
      ...behind("maximum", 1, levels),
      ...(levels > 0 ? ["distance"] : []),
      "term",
      ...behind("sum", 1, levels),
    ],
    normalise: ["product", "key", "difference", "correction"],
  }),
};
