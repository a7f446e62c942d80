import type { ModuleEntry } from "../../gen/manifest.ts";
import { parseFormat } from "../../gen/numeric/format.ts";
import type { SoftmaxSpec } from "../../gen/spec.ts";
import { namedRows, softmaxSuites, type NamedRow, type RowSuite } from "../bench/stimulus/softmax/suites.ts";
import { isSubnormal } from "../golden/arithmetic.ts";
import { softmax } from "../golden/softmax.ts";
import { errorsOf, hexOf, significant } from "./errors.ts";
import { addRow } from "./row.ts";
import type { RowsAccuracy, SuiteAccuracy } from "./schema.ts";
import { ErrorTally } from "./tally.ts";

/** Elements of each random suite, roughly; directed ones are judged whole. */
const randomElements = 40_000;

const bf16 = parseFormat("bf16");

/** Judges every suite of rows; an error where a row breaks the contract. */
export function rowsAccuracy(entry: ModuleEntry, spec: SoftmaxSpec, seed: number): RowsAccuracy {
  const { lanes, maxLength, subnormals } = spec;
  const suites = softmaxSuites(maxLength).map((suite) => suiteAccuracy(suite, spec, seed));
  return { unit: entry.unit, name: entry.name, specHash: entry.specHash, lanes, maxLength, subnormals, suites };
}

/** Where a result stands. */
interface Place {
  readonly row: NamedRow;
  readonly element: number;
}

function suiteAccuracy(suite: RowSuite, spec: SoftmaxSpec, seed: number): SuiteAccuracy {
  const errors = new ErrorTally<Place>();
  let worstSum: SuiteAccuracy["worstSum"];
  let rows = 0;
  for (const row of rowsToJudge(suite, seed)) {
    rows++;
    const sumError = addRow(scoresAsSeen(row, spec), softmax(row.scores, spec), errors, (element) => ({
      row,
      element,
    }));
    if (sumError === undefined || sumError <= (worstSum?.error ?? -1)) continue;
    worstSum = { error: sumError, row: row.index, length: row.scores.length };
  }
  return {
    name: suite.name,
    kind: suite.kind,
    rows,
    ...errorsOf(errors),
    ...worstOf(errors),
    ...(worstSum === undefined ? {} : { worstSum: { ...worstSum, error: significant(worstSum.error) } }),
  };
}

function* rowsToJudge(suite: RowSuite, seed: number): Iterable<NamedRow> {
  let elements = 0;
  for (const row of namedRows(suite, seed)) {
    yield row;
    elements += row.scores.length;
    if (suite.kind === "random" && elements >= randomElements) return;
  }
}

/** What the softmax is of: with `flush`, subnormal scores are zeros by contract. */
function scoresAsSeen({ scores }: NamedRow, { subnormals }: SoftmaxSpec): readonly bigint[] {
  return subnormals === "keep" ? scores : scores.map((score) => (isSubnormal(score, bf16) ? 0n : score));
}

function worstOf({ worst }: ErrorTally<Place>): Pick<SuiteAccuracy, "worst"> {
  if (worst === undefined) return {};
  const { row, element } = worst.place;
  return {
    worst: {
      row: row.index,
      length: row.scores.length,
      element,
      score: hexOf(row.scores[element] ?? 0n),
      exact: significant(worst.exact),
      result: hexOf(worst.result),
    },
  };
}
