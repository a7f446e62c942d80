import { ModuleBuilder } from "../hdl/builder.ts";
import type { Header, Module } from "../hdl/module.ts";
import { latencyOf } from "../hdl/module.ts";
import { concat, zero } from "../hdl/operators.ts";
import { formatWidth } from "../numeric/format.ts";
import type { ElementwiseSpec } from "../spec.ts";
import type { Lane, Operands } from "./lane.ts";

/** The cuts that a spec's number of stages makes registers. */
export function cutsOf(lane: Lane, spec: ElementwiseSpec): readonly string[] {
  const cuts = lane.plans[spec.stages];
  if (cuts === undefined) throw new Error(`${spec.unit} has no plan for ${spec.stages} stages`);
  return cuts;
}

/** One lane: score (and bias) in, probability out, the spec's cuts in between. */
export function laneModule(lane: Lane, spec: ElementwiseSpec, name: string, header: Header): Module {
  const { format } = spec;
  const cuts = cutsOf(lane, spec);
  const m = new ModuleBuilder(name, header, { cuts: new Set(cuts) });
  const width = formatWidth(format);
  const operands: Operands = {
    score: m.input("score_i", width),
    bias: lane.hasBias ? m.input("bias_i", width) : undefined,
  };
  const magnitude = lane.build(m, operands, { format, subnormals: spec.subnormals, isolate: spec.isolate });
  m.output("prob_o", concat(zero(1), magnitude), { comment: "never negative" });
  return m.build();
}

/** The core: `Lanes` lanes side by side, and the valid bit that goes with them. */
export function coreModule(lane: Lane, spec: ElementwiseSpec, name: string, header: Header, laneOf: Module): Module {
  const width = formatWidth(spec.format);
  const m = new ModuleBuilder(name, header, {
    lanes: spec.lanes,
    clocking: { clock: "clk_i", reset: "rst_ni", always: true },
  });
  const held = lane.hasBias ? "score_i and bias_i hold a beat" : "score_i holds a beat";
  const valid = m.input("in_valid_i", 1, { control: true, comment: held });
  const score = m.input("score_i", width, { perLane: true });
  const inputs = lane.hasBias
    ? { score_i: score, bias_i: m.input("bias_i", width, { perLane: true }) }
    : { score_i: score };
  const prob = m.replicate("gen_lane", "u_lane", laneOf, { inputs, outputs: { prob_o: "prob" } })("prob_o");
  m.output("out_valid_o", m.delayed(valid, latencyOf(laneOf)), { comment: "prob_o holds the result of a beat" });
  m.output("prob_o", prob, { perLane: true });
  return m.build();
}
