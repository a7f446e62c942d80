import { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import type { Module } from "../hdl/module.ts";
import { and, andReduce, not, or, orReduce, repeat, shiftRight, slice } from "../hdl/operators.ts";
import { padBelow } from "../lib/pad.ts";
import { softmaxArithmetic, sumFractionBits } from "../numeric/softmax_arithmetic.ts";
import { isLarge } from "./softmax_key.ts";
import { aboveMaximum, highPart, shiftBits, type RunningMaximum } from "./softmax_maximum.ts";
import { significandBits } from "./softmax_score_lane.ts";
import type { SoftmaxCoreSpec } from "./softmax_spec.ts";

/** A term is 2^fraction / 2^distance: below 2, with the sum's fraction bits. */
function termOf(m: ModuleBuilder, significand: Signal, none: Signal, distance: Signal, fractionBits: number): Signal {
  const unit = m.let("unit_term", and(padBelow(significand, fractionBits + 1), repeat(not(none), fractionBits + 1)));
  return m.cut("term", m.let("term", shiftRight(unit, distance)));
}

/** What one lane brings to the sum. */
export interface TermSource {
  readonly integer: Signal;
  readonly significand: Signal;
  readonly dead: Signal;
}

/**
 * The only lane's term: its distance to the maximum is the difference that the maximum was compared by, or 0 where it
 * becomes the maximum itself.
 */
export function onlyTerm(m: ModuleBuilder, spec: SoftmaxCoreSpec, source: TermSource, running: RunningMaximum): Signal {
  m.section("Term: 2^(y - maximum)");
  const { difference, rises, risen, riseLow } = running;
  const below = m.let("below_by_32", not(andReduce(highPart(difference))));
  const equal = andReduce(slice(difference, shiftBits - 1, 0));
  const otherLarge = and(isLarge(source.integer), not(equal));
  const none = m.let(
    "no_term",
    or(source.dead, and(not(rises), or(below, otherLarge))),
    "Large scores count if equal.",
  );
  const noneThen = m.delayed(none, 1);
  const distance = m.let(
    "term_distance",
    not(or(riseLow, repeat(risen, shiftBits))),
    "maximum - integer, the complement of the difference; 0 for a new maximum.",
  );
  const significand = m.alongside(source.significand, noneThen);
  return termOf(m, significand, noneThen, distance, sumFractionBits(spec.maxLength));
}

/** One of several lanes' terms: each finds its own distance to the maximum that its beat has left. */
export function termLaneModule(spec: SoftmaxCoreSpec): Module {
  const fractionBits = sumFractionBits(spec.maxLength);
  const cuts = new Set(spec.cuts.statistics.filter((cut) => cut === "distance" || cut === "term"));
  const m = new ModuleBuilder(
    // The places of a term follow from the longest row.
    `softmax_bf16_term_lane_f${fractionBits}${spec.suffix}`,
    {
      purpose: "a lane's term of the sum, behind the running maximum of softmax's pass 1",
      notes: ["term_o = significand_i x 2^(integer_i - maximum_i), cut off at the last place of the sum."],
    },
    { cuts },
  );
  const dead = m.input("dead_i", 1, { comment: "no term" });
  const integer = m.input("integer_i", softmaxArithmetic.integerBits);
  const significand = m.input("significand_i", significandBits);
  const maximum = m.input("maximum_i", softmaxArithmetic.integerBits, { comment: "at least integer_i" });
  const difference = aboveMaximum(m, "difference", integer, maximum);
  const distance = m.let(
    "distance",
    not(slice(difference, shiftBits - 1, 0)),
    "maximum - integer, the complement of the difference.",
  );
  const below = m.let("below_by_32", not(andReduce(highPart(difference))));
  const otherLarge = and(isLarge(integer), orReduce(distance));
  const none = m.let("no_term", or(dead, below, otherLarge), "Large scores count if equal.");
  const cut = (signal: Signal): Signal => m.cut("distance", signal);
  m.output("term_o", termOf(m, cut(significand), cut(none), cut(distance), fractionBits));
  return m.build();
}
