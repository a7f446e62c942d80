import { ModuleBuilder } from "../hdl/builder.ts";
import { latencyOf, type Module } from "../hdl/module.ts";
import { and } from "../hdl/operators.ts";
import { keyBits } from "../numeric/softmax_arithmetic.ts";
import { probLaneModule, rowLogStage } from "./softmax_prob_lane.ts";
import type { SoftmaxCoreSpec } from "./softmax_spec.ts";

/** Pass 2: the beats of a row whose statistics stand at row_log_i; one beat per cycle, fixed latency. */
export function normaliseModule(spec: SoftmaxCoreSpec): Module {
  const { lanes } = spec;
  const lane = probLaneModule(spec);
  const m = new ModuleBuilder(
    `softmax_bf16_normalise${spec.suffix}`,
    {
      purpose: "pass 2 of softmax: probabilities from scores and the row's statistics",
      notes: ["release_o says that the row's last beat is where row_log_i is taken: it may change after that cycle."],
    },
    { lanes, lanesAreParameter: true },
  );
  const stage = rowLogStage(spec);
  const valid = m.input("valid_i", 1, { control: true, comment: "a beat" });
  const last = m.input("last_i", 1, { comment: "the last one of its row" });
  const keep = m.input("keep_i", 1, { perLane: true });
  const score = m.input("score_i", 16, { perLane: true });
  const rowLog = m.input("row_log_i", keyBits, { stage, comment: "maximum + log2(sum)" });
  const nan = m.input("nan_i", 1, { stage, comment: "the whole row is NaN" });

  const rowEnd = m.letControl("row_end", and(valid, last));
  const prob = m.replicate("gen_prob", "u_prob", lane, {
    inputs: { keep_i: keep, score_i: score, row_log_i: rowLog, nan_i: nan },
    outputs: { prob_o: "prob" },
  })("prob_o");
  const latency = latencyOf(lane);
  const ends = m.delays(rowEnd);
  m.output("release_o", ends.after(stage), { comment: "the statistics are not needed any more" });
  m.output("valid_o", m.delays(valid).after(latency));
  m.output("last_o", ends.after(latency));
  m.output("keep_o", m.delays(keep).after(latency), { perLane: true });
  m.output("prob_o", prob, { perLane: true });
  return m.build();
}
