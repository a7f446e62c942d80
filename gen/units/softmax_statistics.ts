import { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import type { Module } from "../hdl/module.ts";
import { and, or, orReduce, repeat } from "../hdl/operators.ts";
import { normaliseSum } from "./softmax_log.ts";
import { maximumOf, runningMaximum, type RunningMaximum } from "./softmax_maximum.ts";
import { scoreLaneModule } from "./softmax_score_lane.ts";
import type { SoftmaxCoreSpec } from "./softmax_spec.ts";
import { runningSum, sumOfTerms } from "./softmax_sum.ts";
import { onlyTerm, termLaneModule } from "./softmax_term.ts";

/** Pass 1: a row's beats in; its maximum and normalised sum out, once, when its last beat has passed. */
export function statisticsModule(spec: SoftmaxCoreSpec, name: string): Module {
  const { lanes } = spec;
  const scoreLane = scoreLaneModule(spec);
  const inLane = new Set(["product", "key", "distance"]);
  const cuts = new Set(spec.cuts.statistics.filter((cut) => !inLane.has(cut) && (lanes === 1 || cut !== "term")));
  const m = new ModuleBuilder(
    name,
    {
      purpose: "pass 1 of softmax: the running maximum and the running sum of a row",
      notes: [
        "maximum = largest floor(y), sum = sum of 2^(y - maximum), y = score x log2(e). The maximum is a whole number, so " +
          "that rescaling the sum is a shift. Beats may come with gaps; the row's statistics are there for one cycle.",
      ],
    },
    { lanes, cuts },
  );
  const valid = m.input("valid_i", 1, { control: true, comment: "a beat" });
  const last = m.input("last_i", 1, { comment: "the last one of its row" });
  const keep = m.input("keep_i", 1, { perLane: true });
  const score = m.input("score_i", 16, { perLane: true });

  const rowEnd = m.letControl("row_end", and(valid, last));
  const ends = m.delays(rowEnd);
  const kept = m.letPerLane("kept", and(keep, repeat(valid, lanes)));
  const scores = m.replicate("gen_score", "u_score", scoreLane, {
    inputs: { kept_i: kept, score_i: score },
    outputs: {
      poison_o: "lane_poison",
      dead_o: "lane_dead",
      integer_o: "lane_integer",
      significand_o: "lane_significand",
    },
  });
  const beat: LaneBeat = {
    poison: m.let("poison", orReduce(scores("poison_o"))),
    dead: scores("dead_o"),
    integer: scores("integer_o"),
    significand: scores("significand_o"),
  };
  const largest = maximumOf(m, beat.integer, lanes);
  const running = runningMaximum(m, {
    valid: m.delays(valid).after(largest.stage),
    last: ends.after(largest.stage),
    poison: beat.poison,
    largest,
  });
  const beatSum = lanes === 1 ? onlyLaneTerm(m, spec, beat, largest, running) : laneTerms(m, spec, beat, running);
  const rowSum = runningSum(m, spec, beatSum, running.rescale);
  const normalised = normaliseSum(m, rowSum, spec.maxLength);

  const atEnd = (signal: Signal): Expression => m.delays(signal).after(rowSum.stage - signal.stage);
  m.output("done_o", ends.after(rowSum.stage), { comment: "the statistics of a row" });
  m.output("maximum_o", atEnd(running.maximum));
  m.output("zeros_o", normalised.zeros, { comment: "sum = 2^(integer bits - 1 - zeros) x (1 + fraction)" });
  m.output("fraction_o", normalised.fraction);
  m.output("nan_o", or(normalised.none, atEnd(running.poisoned)), {
    comment: "NaN or +inf in the row, or nothing but -inf",
  });
  return m.build();
}

interface LaneBeat {
  readonly poison: Signal;
  readonly dead: Signal;
  readonly integer: Signal;
  readonly significand: Signal;
}

function onlyLaneTerm(
  m: ModuleBuilder,
  spec: SoftmaxCoreSpec,
  beat: LaneBeat,
  integer: Signal,
  running: RunningMaximum,
): Signal {
  const significand = m.let("significand", beat.significand);
  return onlyTerm(m, spec, { integer, significand, dead: m.let("dead", beat.dead) }, running);
}

function laneTerms(m: ModuleBuilder, spec: SoftmaxCoreSpec, beat: LaneBeat, running: RunningMaximum): Signal {
  m.section("Terms: 2^(y - maximum), lane by lane");
  const late = (signal: Signal): Expression => m.delays(signal).after(running.maximum.stage - signal.stage);
  const terms = m.replicate("gen_term", "u_term", termLaneModule(spec), {
    inputs: {
      dead_i: late(beat.dead),
      integer_i: late(beat.integer),
      significand_i: late(beat.significand),
      maximum_i: running.maximum,
    },
    outputs: { term_o: "lane_term" },
  });
  return sumOfTerms(m, terms("term_o"), spec.lanes);
}
