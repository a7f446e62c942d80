import type { ModuleEntry } from "../../gen/manifest.ts";
import { parseFormat, specialPatterns } from "../../gen/numeric/format.ts";
import { toNumber } from "../../gen/numeric/round.ts";
import type { UnitSpec } from "../../gen/spec.ts";
import { isSubnormal } from "../golden/arithmetic.ts";
import type { ElementModel } from "../golden/model.ts";
import { errorsOf, hexOf, significant } from "./errors.ts";
import type { EveryInputAccuracy } from "./schema.ts";
import { ErrorTally } from "./tally.ts";

const bf16 = parseFormat("bf16");
const { canonicalNan, infinity, smallestNormal } = specialPatterns(bf16);
const smallest = toNumber(smallestNormal, bf16);
/** Half a spacing above the largest finite value, from where rounding overflows. */
const overflow = 2 ** 128 - 2 ** 119;

/** A function of one BF16 operand, and what is said of it. */
export interface JudgedFunction {
  readonly model: ElementModel;
  /** The function in float64, good to 2^-45; NaN where it has no value. */
  readonly exact: (operand: number) => number;
  /** What others reach, in a sentence. */
  readonly peer?: string;
}

/** Judges the results of every one of the 65,536 inputs. */
export function everyInputAccuracy(
  { model, exact: exactOf, peer }: JudgedFunction,
  entry: ModuleEntry,
  spec: UnitSpec,
): EveryInputAccuracy {
  const { subnormals } = spec;
  const errors = new ErrorTally<bigint>();
  const kinds = { nan: { inputs: 0, right: 0 }, overflow: { inputs: 0, right: 0 }, underflow: { inputs: 0, right: 0 } };
  const special = (kind: keyof typeof kinds, right: boolean): void => {
    kinds[kind].inputs++;
    if (right) kinds[kind].right++;
  };
  for (let score = 0n; score < 0x10000n; score++) {
    const flushed = subnormals === "flush" && isSubnormal(score, bf16);
    const exact = exactOf(flushed ? 0 : toNumber(score, bf16));
    const result = model.compute(score, 0n, spec);
    if (Number.isNaN(exact)) special("nan", result === canonicalNan);
    else if (exact >= overflow) special("overflow", result === infinity);
    else if (exact < smallest) special("underflow", result === 0n);
    else errors.add({ place: score, result, exact });
  }
  const { worst } = errors;
  if (worst === undefined) throw new Error(`no input of ${entry.name} has a result in range`);
  return {
    unit: entry.unit,
    name: entry.name,
    specHash: entry.specHash,
    subnormals,
    ...errorsOf(errors),
    worst: { score: hexOf(worst.place), exact: significant(worst.exact), result: hexOf(worst.result) },
    ...kinds,
    ...(peer === undefined ? {} : { peer }),
  };
}
