import { parseFormat } from "../../gen/numeric/format.ts";
import { toNumber } from "../../gen/numeric/round.ts";
import { compensatedSum, softmaxReference } from "../golden/softmax-reference.ts";
import { checkContract, mustBeFaithful } from "./contract.ts";
import { ErrorTally } from "./tally.ts";

const bf16 = parseFormat("bf16");

/** A row's errors, over the results that have to be faithful; a place is that of an element. */
export interface RowAccuracy {
  readonly errors: ErrorTally<number>;
  /** |sum of the results - 1|; undefined for a row without a softmax. */
  readonly sumError: number | undefined;
}

/**
 * Holds a row's results against the real softmax of its scores.
 * @throws an Error where they break the contract, see `checkContract`
 */
export function judgeRow(scores: readonly bigint[], results: readonly bigint[]): RowAccuracy {
  const errors = new ErrorTally<number>();
  const sumError = addRow(scores, results, errors, (element) => element);
  return { errors, sumError };
}

/** The same, into a tally that holds other rows too. Gives the row's |sum - 1|. */
export function addRow<Place>(
  scores: readonly bigint[],
  results: readonly bigint[],
  errors: ErrorTally<Place>,
  placeOf: (element: number) => Place,
): number | undefined {
  const exact = softmaxReference(scores);
  checkContract(scores, results, exact);
  if (exact.some(Number.isNaN)) return undefined;
  for (const [element, p] of exact.entries()) {
    if (mustBeFaithful(p)) errors.add({ place: placeOf(element), result: results[element] ?? 0n, exact: p });
  }
  return Math.abs(compensatedSum(results.map((result) => toNumber(result, bf16))) - 1);
}
