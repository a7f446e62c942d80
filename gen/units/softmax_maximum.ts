import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import {
  addWrap,
  and,
  andReduce,
  constant,
  gt,
  msb,
  mux,
  not,
  or,
  orReduce,
  repeat,
  sext,
  slice,
} from "../hdl/operators.ts";
import { softmaxArithmetic } from "../numeric/softmax_arithmetic.ts";
import { laneParts, laneTree } from "./lane_tree.ts";
import { isLarge } from "./softmax_key.ts";

const { integerBits } = softmaxArithmetic;
/** Shifts of 0 to 31; from 32 on nothing is left. */
export const shiftBits = Math.log2(softmaxArithmetic.negligiblePowers);

/** The largest of the lanes' integers: a tree of comparisons, with a cut behind each level. */
export function maximumOf(m: ModuleBuilder, integers: Signal, lanes: number): Signal {
  if (lanes === 1) return m.let("largest", integers);
  const larger = (left: Expression, right: Expression | undefined): Expression =>
    right === undefined ? left : mux(gt(left, right, "signed"), left, right);
  return laneTree(m, "maximum", laneParts(integers, lanes), larger);
}

/** value - maximum - 1, which the complement gives without a carry in: negative unless the value is above it. */
export function aboveMaximum(m: ModuleBuilder, name: string, value: Signal, maximum: Signal): Signal {
  const wide = integerBits + 1;
  return m.let(
    name,
    addWrap(sext(value, wide), not(sext(maximum, wide))),
    "Minus 1: the complement, with no carry in.",
  );
}

/** A beat, as it meets the running maximum. */
export interface Beat {
  /** Control: the beat is there; it is, and is the last one of its row. */
  readonly valid: Expression;
  readonly last: Expression;
  /** A lane holds NaN or +inf. */
  readonly poison: Signal;
  /** The largest integer of the lanes. */
  readonly largest: Signal;
}

/** What the beat that has just passed did to the maximum; true one stage later, except where said. */
export interface RunningMaximum {
  /** value - maximum - 1 of the largest, and whether that is 0 or more; true with the beat itself. */
  readonly difference: Signal;
  readonly rises: Signal;
  /** The same a stage later, of the difference the bits that a shift takes. */
  readonly risen: Signal;
  readonly riseLow: Signal;
  /** The maximum, and whether the row is poisoned, this beat included. */
  readonly maximum: Signal;
  readonly poisoned: Signal;
  /** What has to happen to the sum before the beat's terms come to it. */
  readonly rescale: { readonly clear: Signal; readonly distance: Signal };
}

/** The recurrence: one comparison with the maximum in a cycle, and nothing else. */
export function runningMaximum(m: ModuleBuilder, beat: Beat): RunningMaximum {
  m.section("Running maximum of the integers: the sum is rescaled by whole powers of two");
  const { largest } = beat;
  const { stage } = largest;
  const maximum = m.state("running_maximum_q", integerBits, { stage, comment: "largest integer of the row so far" });
  const fresh = m.state("fresh_q", 1, { stage, reset: 1n, comment: "the next beat is the first of its row" });
  const poisoned = m.state("running_poison_q", 1, { stage, comment: "the row so far holds NaN or +inf" });

  const difference = aboveMaximum(m, "rise", largest, maximum.value);
  const rises = m.let(
    "rises",
    or(fresh.value, not(msb(difference))),
    "A gap between beats changes nothing: it is dead.",
  );
  maximum.next(largest, rises);
  fresh.next(beat.last, beat.valid);
  const poison = m.delays(beat.poison).after(stage - beat.poison.stage);
  poisoned.next(or(poison, and(poisoned.value, not(fresh.value))));

  const far = or(isLarge(largest), orReduce(highPart(difference)));
  const forget = m.let("forget", or(fresh.value, and(rises, far)), "Nothing is left of the sum so far.");
  const riseLow = m.delayed(m.let("rise_low", slice(difference, shiftBits - 1, 0)), 1);
  const risen = m.delayed(rises, 1);
  const forgotten = m.delayed(forget, 1);
  const clear = m.let("clear", or(forgotten, and(risen, andReduce(riseLow))), "A rise of 32 clears the sum as well.");
  const distance = m.let("rescale", and(addWrap(riseLow, constant(shiftBits, 1)), repeat(risen, shiftBits)));
  return {
    difference,
    rises,
    risen,
    riseLow,
    maximum: maximum.after("row_maximum", "This beat included."),
    poisoned: poisoned.after("row_poisoned"),
    rescale: { clear, distance },
  };
}

/** The part of a difference that no shift reaches. */
export const highPart = (difference: Signal): Expression => slice(difference, difference.width - 1, shiftBits);
