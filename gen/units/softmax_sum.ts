import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import { add, addWrap, and, not, repeat, shiftRight, slice, zext } from "../hdl/operators.ts";
import { sumFractionBits, sumIntegerBits } from "../numeric/softmax_arithmetic.ts";
import { pairs, type RunningMaximum } from "./softmax_maximum.ts";
import type { SoftmaxCoreSpec } from "./softmax_spec.ts";

/** The lanes' terms added up: a tree, one bit more at each level, with a cut behind each. */
export function sumOfTerms(m: ModuleBuilder, terms: Signal, lanes: number): Signal {
  m.section("Sum of the beat's terms");
  const width = terms.width / lanes;
  let nodes = Array.from({ length: lanes }, (_, lane) =>
    m.let(`term_${lane}`, slice(terms, (lane + 1) * width - 1, lane * width)),
  );
  for (let level = 1; nodes.length > 1; level++) {
    nodes = pairs(nodes).map(([left, right], i) => {
      const sum = right === undefined ? zext(left, width + level) : add(left, right);
      return m.cut(`sum_${level}`, m.let(`sum_${level}_${i}`, sum));
    });
  }
  const [root] = nodes;
  if (root === undefined) throw new Error(`a sum over ${lanes} lanes; use 1 or more`);
  return root;
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
  const clear = m.alongside(rescale.clear, beatSum);
  const kept = m.let("kept_sum", and(sum.value, repeat(not(clear), width)));
  const rescaled = m.let("rescaled_sum", shiftRight(kept, m.alongside(rescale.distance, beatSum)));
  sum.next(addWrap(rescaled, zext(beatSum, width)));
  return sum.after("row_sum", "This beat included.");
}
