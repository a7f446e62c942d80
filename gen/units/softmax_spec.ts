import type { SubnormalMode } from "../spec.ts";

/** What identifies a softmax core. */
export interface SoftmaxCoreSpec {
  /** Elements per beat. */
  readonly lanes: number;
  /** Elements of the longest row; it sets the width of the sum. */
  readonly maxLength: number;
  readonly subnormals: SubnormalMode;
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

/** The cuts that reach the clock that the project asks for with the fewest registers found so far. */
export function defaultCuts(lanes: number): SoftmaxCuts {
  const levels = treeLevels(lanes);
  const behind = (tree: string, wanted: (level: number) => boolean): string[] =>
    Array.from({ length: levels }, (_, i) => i + 1)
      .filter(wanted)
      .map((level) => `${tree}_${level}`);
  return {
    statistics: [
      "product",
      "key",
      // The last comparison shares its stage with the one against the running maximum.
      ...behind("maximum", (level) => level < levels),
      ...(lanes > 1 ? ["distance"] : []),
      "term",
      ...behind("sum", (level) => level >= levels - 1),
    ],
    normalise: ["product", "key", "difference"],
  };
}
