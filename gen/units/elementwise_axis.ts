import type { Expression, Signal } from "../hdl/expression.ts";
import { latencyOf, type Header, type Module } from "../hdl/module.ts";
import { and } from "../hdl/operators.ts";
import { counter } from "../lib/counter.ts";
import { fifoModule } from "../lib/fifo.ts";
import type { ElementwiseSpec } from "../spec.ts";
import {
  assertBusContract,
  axisBuilder,
  busLayout,
  keptLanes,
  markUnusedBits,
  operandBits,
  outputEntry,
  packEntry,
} from "./axis_bus.ts";
import type { Lane } from "./lane.ts";

/**
 * The core as a drop-in AXI4-Stream unit. A beat is taken only while the queue behind the core has an entry that no
 * beat has claimed, so the core never has to stop. TREADY and TVALID come from registers: neither depends on the
 * other side in the same cycle.
 */
export function elementwiseAxis(lane: Lane, spec: ElementwiseSpec, name: string, header: Header, core: Module): Module {
  const layout = busLayout(spec.format, spec.lanes, lane.hasBias ? 2 : 1);
  // A beat taken at cycle t is in the queue at t + latency + 1; the entry it frees when it leaves in that cycle can be
  // claimed again one cycle later. With latency + 2 entries a beat can be taken in every cycle.
  const depth = latencyOf(core) + 2;
  const { m, inputs } = axisBuilder(name, header, layout);

  m.section("Flow control: each beat claims an entry of the queue before it is taken");
  const credits = counter(m, "credits", { most: depth, reset: depth, comment: "entries not claimed" });
  const ready = m.let("ready", credits.aboveZero);
  const accept = m.let("accept", and(inputs.valid, ready));

  m.section("Unpack the bus");
  const score = m.let("score", operandBits(inputs.data, layout, 0));
  const bias = lane.hasBias ? m.let("bias", operandBits(inputs.data, layout, 1)) : undefined;
  const kept = keptLanes(m, inputs.keep, layout);
  markUnusedBits(m, inputs, layout);

  m.section("Compute; the end of the row and the kept lanes go beside the core");
  const results = m.instance(
    "u_core",
    core,
    {
      inputs: { in_valid_i: accept, score_i: score, ...(bias && { bias_i: bias }) },
      outputs: { out_valid_o: "core_valid", prob_o: "prob" },
    },
    { elastic: true },
  );
  const beside = (signal: Signal): Expression => m.delays(signal, { elastic: true }).after(latencyOf(core));
  const beat = { last: beside(inputs.last), kept: beside(kept), prob: results("prob_o") };

  m.section("Queue the results");
  const result = m.let("result", packEntry(m, beat, layout, true));
  const queue = m.instance("u_fifo", fifoModule(depth, result.width), {
    inputs: { push_i: results("out_valid_o"), push_data_i: result, ready_i: inputs.outReady },
    outputs: { valid_o: "entry_valid", data_o: "entry" },
  });
  const entryValid = queue("valid_o");
  credits.count(m.let("sent", and(entryValid, inputs.outReady)), accept);

  outputEntry(m, queue("data_o"), entryValid, layout);
  assertBusContract(m, inputs, kept, layout);
  m.output("s_axis_tready", ready);
  return m.build();
}
