import type { Random } from "../../random.ts";
import { gaussianRow, special, withElement } from "./scores.ts";

type MakeRow = (length: number, random: Random) => bigint[];

/** Rows that leave something else behind them: probabilities, masks, or one of the ways to be NaN. */
const kinds: readonly [MakeRow, ...MakeRow[]] = [
  (length, random) => gaussianRow(length, 3, random),
  (length, random) => withElement(gaussianRow(length, 3, random), random.below(length), special.mask),
  (length) => Array.from({ length }, () => special.mask),
  (length, random) => withElement(gaussianRow(length, 3, random), random.below(length), special.infinity),
  (length, random) => withElement(gaussianRow(length, 3, random), random.below(length), special.quietNan),
];

const mostElements = 12;

/** Short rows in which each kind comes behind each, itself included. */
export function kindAfterKind(maxLength: number, random: Random): readonly (readonly bigint[])[] {
  const most = Math.min(mostElements, maxLength);
  const row = (make: MakeRow): bigint[] => make(2 + random.below(most - 1), random);
  return kinds.flatMap((before) => kinds.flatMap((behind) => [row(before), row(behind)]));
}
