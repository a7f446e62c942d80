import { parseFormat } from "../../../gen/numeric/format.ts";
import { toNumber } from "../../../gen/numeric/round.ts";
import {
  compensatedSum,
  errorInUlps,
  isCorrectlyRounded,
  softmaxReference,
  spacingAt,
} from "../../../tb/golden/softmax-reference.ts";

const bf16 = parseFormat("bf16");
const canonicalNan = 0x7fc0n;
const one = 0x3f80n;
const smallest = 2 ** -126;
const justAboveSmallest = [0n, 0x0080n, 0x0081n];

/** How near a row's results are to the real softmax, over the results that have to be faithful. */
export interface RowAccuracy {
  readonly judged: number;
  readonly correctlyRounded: number;
  /** In ulp of the exact value. */
  readonly worst: number;
}

/**
 * Holds a row's results against what the contract says of every row (shared design, section 3): faithful, +0 below 2^-126,
 * not above 1, equal for equal scores, in the order of the scores, with a sum of 1.
 * @throws an Error that names the claim, the element and the values
 */
export function judgeRow(scores: readonly bigint[], results: readonly bigint[]): RowAccuracy {
  const exact = softmaxReference(scores);
  const fail = (i: number, claim: string): never => {
    const score = toNumber(scores[i] ?? 0n, bf16);
    throw new Error(
      `element ${i} of ${scores.length}, score ${score}: 0x${results[i]?.toString(16)} for ${exact[i]}: ${claim}`,
    );
  };
  if (results.length !== scores.length) throw new Error(`${scores.length} scores gave ${results.length} results`);
  const accuracy = { judged: 0, correctlyRounded: 0, worst: 0 };
  exact.forEach((p, i) => {
    const result = results[i] ?? 0n;
    if (Number.isNaN(p)) {
      if (result !== canonicalNan) fail(i, "the row has no softmax");
    } else if (result > one) fail(i, "above 1, negative or NaN");
    else if (p < smallest * (1 - 2 ** -8)) {
      if (result !== 0n) fail(i, "below 2^-126 gives +0");
    } else if (p < smallest * (1 + 2 ** -7)) {
      if (!justAboveSmallest.includes(result)) fail(i, "near 2^-126 gives +0 or one of the two least results");
    } else {
      const error = errorInUlps(result, p);
      if (!(error < 1)) fail(i, `not faithful: ${error} ulp`);
      accuracy.judged++;
      if (isCorrectlyRounded(result, p)) accuracy.correctlyRounded++;
      accuracy.worst = Math.max(accuracy.worst, error);
    }
  });
  if (exact.some(Number.isNaN)) return accuracy;
  const order = scores.map((score, i) => ({ x: toNumber(score, bf16), i })).sort((a, b) => a.x - b.x);
  order.slice(1).forEach(({ x, i }, k) => {
    const below = order[k] ?? { x: NaN, i: NaN };
    const [lower, higher] = [results[below.i] ?? 0n, results[i] ?? 0n];
    if (x === below.x ? lower !== higher : lower > higher) fail(i, `out of order with element ${below.i}`);
  });
  const sum = compensatedSum(results.map((result) => toNumber(result, bf16)));
  const room = compensatedSum(exact.map((p) => (p === 0 ? 0 : spacingAt(p))));
  if (Math.abs(sum - 1) > room) throw new Error(`the ${scores.length} results add up to ${sum}`);
  return accuracy;
}
