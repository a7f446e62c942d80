import { parseFormat } from "../../gen/numeric/format.ts";
import { toNumber } from "../../gen/numeric/round.ts";
import { overall, randomSuitesOf } from "./overall.ts";
import type { Errors, EveryInputAccuracy, RowsAccuracy, SuiteAccuracy, UnitAccuracy } from "./schema.ts";

const bf16 = parseFormat("bf16");

/** A line per unit, for the terminal and for the head of a unit's section. */
export function unitLine(unit: UnitAccuracy): string {
  return "suites" in unit ? rowsLine(unit) : everyInputLine(unit);
}

function rowsLine(unit: RowsAccuracy): string {
  const [all, random] = [overall(unit.suites), overall(randomSuitesOf(unit))];
  return (
    `${unit.name}: ${thousands(all.rows)} rows, ${thousands(all.results)} results; worst ${all.worst.worstUlps.toFixed(3)} ulp` +
    ` (${all.worst.name}); ${share(random)} correctly rounded on the random suites; worst |sum - 1| ${scientific(all.worstSum.worstSum?.error ?? 0)}` +
    ` (${all.worstSum.name}); ${all.undecided} undecided`
  );
}

function everyInputLine(unit: EveryInputAccuracy): string {
  const { nan, overflow, underflow, worst } = unit;
  const right = (kind: { readonly inputs: number; readonly right: number }): string =>
    kind.inputs === kind.right ? `all ${thousands(kind.inputs)}` : `${kind.right} of ${thousands(kind.inputs)}`;
  return (
    `${unit.name}: all 65,536 inputs; worst ${unit.worstUlps.toFixed(3)} ulp at ${value(worst.score)};` +
    ` ${share(unit)} of ${thousands(unit.results)} finite results correctly rounded; worst relative error ${percent(unit.worstRelativeError)};` +
    ` ${unit.undecided} undecided; NaN gives 0x7fc0 (${right(nan)}), overflow +infinity (${right(overflow)}), below 2^-126 +0 (${right(underflow)})`
  );
}

/** The share of correctly rounded results. */
export function share({ results, correctlyRounded }: Pick<Errors, "results" | "correctlyRounded">): string {
  return results === 0 ? "-" : percent(correctlyRounded / results);
}

export function percent(part: number): string {
  return `${(100 * part).toFixed(2)} %`;
}

export function scientific(number: number): string {
  return number === 0 ? "0" : number.toExponential(1);
}

export function thousands(number: number): string {
  return number.toLocaleString("en-US");
}

/** A pattern and the number that it stands for. */
export function value(pattern: string): string {
  return `${pattern} = ${Number(toNumber(BigInt(pattern), bf16).toPrecision(6))}`;
}

/** Where the worst result of a suite stands. */
export function worstCells({ worst, worstUlps }: SuiteAccuracy): readonly string[] | undefined {
  if (worst === undefined) return undefined;
  const { row, length, element, score, exact, result } = worst;
  return [
    ...[String(row), thousands(length), String(element), value(score)],
    ...[exact.toExponential(5), value(result), worstUlps.toFixed(3)],
  ];
}
