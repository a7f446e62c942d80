import { parseFormat } from "../../../gen/numeric/format.ts";
import { toNumber } from "../../../gen/numeric/round.ts";
import type { JudgedRow } from "../../check/observer.ts";

const format = parseFormat("bf16");
/** From this magnitude on, neighbours are 256 apart at least: equal or of no weight beside each other. */
const huge = 2 ** 15;

export const isHuge = (value: number): boolean => Math.abs(value) >= huge && Math.abs(value) < Infinity;

/** The value of every pattern, and the whole number below its power of two, x log2(e). */
const values = Float64Array.from({ length: 2 ** 16 }, (_, pattern) => toNumber(BigInt(pattern), format));
const powers = values.map((value) => Math.floor(value * Math.LOG2E));

/** A row as the definition of softmax sees it. */
export interface RowFacts {
  readonly scores: readonly number[];
  readonly values: readonly number[];
  /** floor(x log2(e)). */
  readonly powers: readonly number[];
  readonly results: readonly number[];
  /** The largest value; NaN where one is NaN. */
  readonly maximum: number;
  readonly kind: RowKind;
  /** The kind of the row before. */
  previous: RowKind;
}

export const rowKinds = ["numbers", "some masks", "masks alone", "+infinity", "NaN"] as const;
export type RowKind = (typeof rowKinds)[number];

export function rowFacts({ scores, results }: JudgedRow, previous: RowKind): RowFacts {
  const patterns = scores.map(Number);
  const rowValues = patterns.map((pattern) => values[pattern] ?? NaN);
  return {
    scores: patterns,
    values: rowValues,
    powers: patterns.map((pattern) => powers[pattern] ?? NaN),
    results: results.map(Number),
    maximum: rowValues.reduce((most, value) => Math.max(most, value), -Infinity),
    kind: kindOf(rowValues),
    previous,
  };
}

function kindOf(rowValues: readonly number[]): RowKind {
  if (rowValues.some(Number.isNaN)) return "NaN";
  if (rowValues.includes(Infinity)) return "+infinity";
  if (!rowValues.includes(-Infinity)) return "numbers";
  return rowValues.some((value) => value !== -Infinity) ? "some masks" : "masks alone";
}

/** Whether the row has probabilities that are numbers. */
export const isDefined = ({ kind }: RowFacts): boolean => kind === "numbers" || kind === "some masks";

/** An element of a row with probabilities. */
export interface ElementFacts {
  readonly score: number;
  readonly result: number;
  readonly value: number;
  /** Powers of two below the running maximum of its beat; NaN for a mask. */
  readonly below: number;
}

/** A beat of a row with probabilities. */
export interface BeatFacts {
  /** What the running maximum rose by, in whole powers of two; 0 where it did not, Infinity where there was none. */
  readonly rise: number;
  /** The value of its largest element. */
  readonly highest: number;
  readonly masks: number;
  readonly kept: number;
  readonly index: number;
  readonly beats: number;
}

/** Goes through a row with probabilities, beat by beat, as online normalisation does. */
export function walk(
  row: RowFacts,
  lanes: number,
  onBeat: (beat: BeatFacts) => void,
  onElement: (element: ElementFacts) => void,
): void {
  const beats = Math.ceil(row.scores.length / lanes);
  let running = -Infinity;
  for (let index = 0; index < beats; index++) {
    const [from, to] = [index * lanes, Math.min((index + 1) * lanes, row.scores.length)];
    let [highest, highestPower, masks] = [-Infinity, -Infinity, 0];
    for (let at = from; at < to; at++) {
      const value = row.values[at] ?? NaN;
      if (value === -Infinity) masks++;
      highest = Math.max(highest, value);
      highestPower = Math.max(highestPower, row.powers[at] ?? NaN);
    }
    const raised = Math.max(running, highestPower);
    onBeat({
      rise: raised === running ? 0 : raised - running,
      highest,
      masks,
      kept: to - from,
      index,
      beats,
    });
    running = raised;
    for (let at = from; at < to; at++) {
      const value = row.values[at] ?? NaN;
      const below = value === -Infinity ? NaN : running - (row.powers[at] ?? NaN);
      onElement({ score: row.scores[at] ?? 0, result: row.results[at] ?? 0, value, below });
    }
  }
}

/** floor(log2) of the row's sum of 2^(y - floor of the largest y). */
export function logOfSum({ values: rowValues, maximum }: RowFacts): number {
  const top = Math.floor(maximum * Math.LOG2E);
  const sum = rowValues.reduce(
    (total, value) => total + (isHuge(maximum) ? (value === maximum ? 1 : 0) : 2 ** (value * Math.LOG2E - top)),
    0,
  );
  return Math.floor(Math.log2(sum));
}
