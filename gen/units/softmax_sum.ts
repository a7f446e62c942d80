import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { add, addWrap, and, not, repeat, shiftRight, zext } from "../hdl/operators.ts";
import { sumFractionBits, sumIntegerBits } from "../numeric/softmax_arithmetic.ts";
import { laneParts, laneTree } from "./lane_tree.ts";
import type { RunningMaximum } from "./softmax_maximum.ts";
import type { SoftmaxCoreSpec } from "./softmax_spec.ts";

/** The lanes' terms added up: a tree, one bit more at each level, with a cut behind each. */
export function sumOfTerms(m: ModuleBuilder, terms: Signal, lanes: number): Signal {
  m.section("Sum of the beat's terms");
  const width = terms.width / lanes;
  return laneTree(m, "sum", laneParts(terms, lanes), (left, right, level) =>
    right === undefined ? zext(left, width + level) : add(left, right),
  );
}

/** The row's sum, rescaled where the maximum has risen; true one stage after the beat's own sum. */
export function runningSum(
  m: ModuleBuilder,
  spec: SoftmaxCoreSpec,
  beatSum: Signal,
  rescale: RunningMaximum["rescale"],
): Signal {
  m.section("Running sum: shift what is there to the new maximum, add the beat");
  const width = sumIntegerBits(spec.maxLength) + sumFractionBits(spec.maxLength);
  const sum = m.state("sum_q", width, {
    stage: beatSum.stage,
    comment: `unsigned, ${sumFractionBits(spec.maxLength)} fraction bits`,
  });
  const late = (signal: Signal): Expression => m.delays(signal).after(beatSum.stage - signal.stage);
  const clear = late(rescale.clear);
  const kept = m.let("kept_sum", and(sum.value, repeat(not(clear), width)));
  const rescaled = m.let("rescaled_sum", shiftRight(kept, late(rescale.distance)));
  sum.next(addWrap(rescaled, zext(beatSum, width)));
  return sum.after("row_sum", "This beat included.");
}
