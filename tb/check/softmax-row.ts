import { parseFormat } from "../../gen/numeric/format.ts";
import type { SoftmaxSpec } from "../../gen/spec.ts";
import type { Random } from "../bench/random.ts";
import { special } from "../bench/stimulus/softmax/scores.ts";
import type { NamedRow } from "../bench/stimulus/softmax/suites.ts";
import { softmax } from "../golden/softmax.ts";
import { showValue, type Failure } from "./outcome.ts";

const bf16 = parseFormat("bf16");

/** A row that goes through an engine, and what must come of it. */
export interface CheckedRow extends NamedRow {
  /** Its place among all rows of the check, from 0. */
  readonly number: number;
  readonly results: readonly bigint[];
}

/** Numbers rows, and asks the golden model. */
export class RowChecker {
  private count = 0;

  constructor(private readonly spec: SoftmaxSpec) {}

  take(row: NamedRow): CheckedRow {
    return { ...row, number: this.count++, results: softmax(row.scores, this.spec) };
  }
}

/** What a failure says of one element of a row. */
export function elementFacts(row: CheckedRow, element: number, got: bigint): Failure["facts"] {
  const show = (bits: bigint | undefined): string => showValue(bits ?? 0n, bf16);
  return [
    ...rowFacts(row),
    ["element", String(element)],
    ["score", show(row.scores[element])],
    ["expected", show(row.results[element])],
    ["got", show(got)],
  ];
}

/** What a failure says of a row: rows and elements count from 0. */
export function rowFacts({ suite, index, number, scores }: CheckedRow): Failure["facts"] {
  return [
    ["suite", `${suite}, row ${index}`],
    ["row", `${number} of the check, ${scores.length} elements`],
  ];
}

/** What stands where nothing may be looked at: mostly what would do the most harm. */
export function junkScore(random: Random): bigint {
  const { quietNan, signallingNan, infinity, largestFinite } = special;
  return random.pick([quietNan, signallingNan, infinity, largestFinite, BigInt(random.below(0x10000))]);
}
