import { parseFormat, specialPatterns } from "../../gen/numeric/format.ts";
import { toNumber } from "../../gen/numeric/round.ts";
import { compensatedSum, errorInUlps, spacingAt } from "../golden/softmax-reference.ts";

const bf16 = parseFormat("bf16");
const { canonicalNan, one, smallestNormal } = specialPatterns(bf16);
const smallest = toNumber(smallestNormal, bf16);
const justAboveSmallest = [0n, smallestNormal, smallestNormal + 1n];

/** Whether an exact probability is large enough that its result has to be faithful; below, +0 is right or may be. */
export function mustBeFaithful(exact: number): boolean {
  return exact >= smallest * (1 + 2 ** -7);
}

/**
 * Holds a row's results against what the contract says of every row (shared design, section 3): faithful, +0 below 2^-126,
 * not above 1, equal for equal scores, in the order of the scores, with a sum of 1. `exact` is the row's real softmax.
 * @throws an Error that names the claim, the element and the values
 */
export function checkContract(scores: readonly bigint[], results: readonly bigint[], exact: readonly number[]): void {
  if (results.length !== scores.length) throw new Error(`${scores.length} scores gave ${results.length} results`);
  const fail = (i: number, claim: string): never => {
    const score = toNumber(scores[i] ?? 0n, bf16);
    throw new Error(
      `element ${i} of ${scores.length}, score ${score}: 0x${results[i]?.toString(16)} for ${exact[i]}: ${claim}`,
    );
  };
  for (const [i, p] of exact.entries()) {
    const wrong = wrongWith(results[i] ?? 0n, p);
    if (wrong !== undefined) fail(i, wrong);
  }
  if (exact.some(Number.isNaN)) return;
  checkOrder(scores, results, fail);
  const sum = compensatedSum(results.map((result) => toNumber(result, bf16)));
  const room = compensatedSum(exact.map((p) => (p === 0 ? 0 : spacingAt(p))));
  if (Math.abs(sum - 1) > room) throw new Error(`the ${scores.length} results add up to ${sum}`);
}

/** The claim that a result breaks by itself. */
function wrongWith(result: bigint, exact: number): string | undefined {
  if (Number.isNaN(exact)) return result === canonicalNan ? undefined : "the row has no softmax";
  if (result > one) return "above 1, negative or NaN";
  if (exact < smallest * (1 - 2 ** -8)) return result === 0n ? undefined : "below 2^-126 gives +0";
  if (mustBeFaithful(exact)) {
    const error = errorInUlps(result, exact);
    return error < 1 ? undefined : `not faithful: ${error} ulp`;
  }
  return justAboveSmallest.includes(result) ? undefined : "near 2^-126 gives +0 or one of the two least results";
}

function checkOrder(
  scores: readonly bigint[],
  results: readonly bigint[],
  fail: (element: number, claim: string) => never,
): void {
  const order = scores.map((score, i) => ({ x: toNumber(score, bf16), i })).sort((a, b) => a.x - b.x);
  order.slice(1).forEach(({ x, i }, k) => {
    const below = order[k] ?? { x: NaN, i: NaN };
    const [lower, higher] = [results[below.i] ?? 0n, results[i] ?? 0n];
    if (x === below.x ? lower !== higher : lower > higher) fail(i, `out of order with element ${below.i}`);
  });
}
