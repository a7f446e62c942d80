import { ModuleBuilder } from "../hdl/builder.ts";
import { latencyOf, type Header, type Module } from "../hdl/module.ts";
import { and } from "../hdl/operators.ts";
import { counter } from "../lib/counter.ts";
import { fifoModule } from "../lib/fifo.ts";
import type { ElementwiseSpec } from "../spec.ts";
import {
  assertBusContract,
  axisBuilder,
  busLayout,
  clocking,
  keptLanes,
  markUnusedBits,
  operandBits,
  outputEntry,
  packEntry,
  type BusLayout,
} from "./axis_bus.ts";
import type { Lane } from "./lane.ts";

/**
 * The core as a drop-in AXI4-Stream unit. A beat is taken only while the queue behind the core has an entry that no
 * beat has claimed, so the core never has to stop. TREADY and TVALID come from registers: neither depends on the
 * other side in the same cycle.
 */
export function elementwiseAxis(lane: Lane, spec: ElementwiseSpec, name: string, header: Header, core: Module): Module {
  const layout = busLayout(spec.format, spec.lanes, lane.hasBias ? 2 : 1);
  const pipeline = beatModule(`${name}_beat`, lane, layout, core);
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

  m.section("Compute, and queue the results");
  const beat = m.instance(
    "u_beat",
    pipeline,
    {
      inputs: { valid_i: accept, last_i: inputs.last, kept_i: kept, score_i: score, ...(bias && { bias_i: bias }) },
      outputs: { valid_o: "beat_valid", entry_o: "beat_entry" },
    },
    { elastic: true },
  );
  const fifo = fifoModule({ name: `${name}_fifo`, depth, width: beat("entry_o").width, clocking });
  const queue = m.instance("u_fifo", fifo, {
    inputs: { push_i: beat("valid_o"), push_data_i: beat("entry_o"), ready_i: inputs.outReady },
    outputs: { valid_o: "entry_valid", data_o: "entry" },
  });
  const entryValid = queue("valid_o");
  credits.count(m.let("sent", and(entryValid, inputs.outReady)), accept);

  outputEntry(m, queue("data_o"), entryValid, layout);
  assertBusContract(m, inputs, kept, layout);
  m.output("s_axis_tready", ready);
  return m.build();
}

/** The core with TLAST and TKEEP beside it: what goes in at one end comes out together at the other. */
function beatModule(name: string, lane: Lane, layout: BusLayout, core: Module): Module {
  const m = new ModuleBuilder(
    name,
    {
      purpose: `${core.name} with the end of the row and the kept lanes travelling beside it`,
      notes: ["entry_o = {last, kept, magnitudes}: probabilities have no sign, and those of lanes not kept are zero."],
    },
    { clocking },
  );
  const valid = m.input("valid_i", 1);
  const last = m.input("last_i", 1);
  const kept = m.input("kept_i", layout.lanes);
  const score = m.input("score_i", layout.lanes * layout.width);
  const bias = lane.hasBias ? m.input("bias_i", layout.lanes * layout.width) : undefined;
  const results = m.instance("u_core", core, {
    inputs: { in_valid_i: valid, score_i: score, ...(bias && { bias_i: bias }) },
    outputs: { out_valid_o: "core_valid", prob_o: "prob" },
  });
  const latency = latencyOf(core);
  const beat = { last: m.delayed(last, latency), kept: m.delayed(kept, latency), prob: results("prob_o") };
  m.output("valid_o", results("out_valid_o"));
  m.output("entry_o", packEntry(m, beat, layout, true));
  return m.build();
}
