import { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { latencyOf, type Header, type Module } from "../hdl/module.ts";
import {
  addWrap,
  and,
  bit,
  concat,
  constant,
  eq,
  ne,
  not,
  or,
  repeat,
  slice,
  subWrap,
  mux,
  zero,
} from "../hdl/operators.ts";
import { countWidth, fifoModule } from "../lib/fifo.ts";
import { formatBytes, formatWidth, parseFormat } from "../numeric/format.ts";
import type { ElementwiseSpec } from "../spec.ts";
import type { Lane } from "./lane.ts";

const clocking = { clock: "aclk", reset: "aresetn" } as const;

/** The ports in the order of the standard's tables: the stream that comes in, then the one that goes out. */
const portOrder = ["s_axis", "m_axis"].flatMap((bus) =>
  ["tdata", "tkeep", "tlast", "tvalid", "tready"].map((signal) => `${bus}_${signal}`),
);

/** How elements lie on the bus: each padded to whole bytes, lane 0 lowest, the biases above the scores. */
interface BusLayout {
  readonly lanes: number;
  readonly width: number;
  readonly bytes: number;
  /** 1, or 2 where biases come with the scores. */
  readonly operands: number;
}

const ascending = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const descending = (count: number): number[] => ascending(count).reverse();

/**
 * The core as a drop-in AXI4-Stream unit. A beat is taken only while the queue behind the core has an entry that no
 * beat has claimed, so the core never has to stop. TREADY and TVALID come from registers: neither depends on the
 * other side in the same cycle.
 */
export function axisModule(lane: Lane, spec: ElementwiseSpec, name: string, header: Header, core: Module): Module {
  const format = parseFormat(spec.format);
  const layout: BusLayout = {
    lanes: spec.lanes,
    width: formatWidth(format),
    bytes: formatBytes(format),
    operands: lane.hasBias ? 2 : 1,
  };
  const busBytes = layout.operands * layout.lanes * layout.bytes;
  const pipeline = beatModule(`${name}_beat`, lane, layout, core);
  // A beat taken at cycle t is in the queue at t + latency + 1; the entry it frees when it leaves in that cycle can be
  // claimed again one cycle later. With latency + 2 entries a beat can be taken in every cycle.
  const depth = latencyOf(core) + 2;
  const m = new ModuleBuilder(name, header, { clocking, portOrder });

  const data = m.input("s_axis_tdata", busBytes * 8);
  const keep = m.input("s_axis_tkeep", busBytes);
  const last = m.input("s_axis_tlast", 1);
  const valid = m.input("s_axis_tvalid", 1);
  const outReady = m.input("m_axis_tready", 1);

  m.section("Flow control: each beat claims an entry of the queue before it is taken");
  const credits = m.state("credits_q", countWidth(depth), { reset: BigInt(depth), comment: "entries not claimed" });
  const ready = m.let("ready", ne(credits.value, zero(credits.value.width)));
  const accept = m.let("accept", and(valid, ready));

  m.section("Unpack the bus");
  const score = m.let("score", operandBits(data, layout, 0));
  const bias = lane.hasBias ? m.let("bias", operandBits(data, layout, 1)) : undefined;
  const kept = m.let(
    "kept",
    concat(...descending(layout.lanes).map((element) => bit(keep, element * layout.bytes))),
    "An element is kept when its lowest byte is; the contract makes its other bytes follow.",
  );
  markUnusedBits(m, data, keep, layout);

  m.section("Compute, and queue the results");
  const beat = m.instance(
    "u_beat",
    pipeline,
    {
      inputs: { valid_i: accept, last_i: last, kept_i: kept, score_i: score, ...(bias && { bias_i: bias }) },
      outputs: { valid_o: "beat_valid", entry_o: "beat_entry" },
    },
    { elastic: true },
  );
  const entryWidth = beat("entry_o").width;
  const fifo = fifoModule({ name: `${name}_fifo`, depth, width: entryWidth, clocking });
  const queue = m.instance("u_fifo", fifo, {
    inputs: { push_i: beat("valid_o"), push_data_i: beat("entry_o"), ready_i: outReady },
    outputs: { valid_o: "entry_valid", data_o: "entry" },
  });
  const entry = queue("data_o");
  const entryValid = queue("valid_o");
  const sent = m.let("sent", and(entryValid, outReady));
  const one = constant(credits.value.width, 1);
  credits.next(
    mux(sent, addWrap(credits.value, one), subWrap(credits.value, one)),
    m.let("credits_change", ne(accept, sent)),
  );

  m.section("Pack the bus");
  const magnitudeWidth = layout.width - 1;
  const keptOut = m.let("kept_out", slice(entry, entryWidth - 2, entryWidth - 1 - layout.lanes));
  const padding = layout.bytes * 8 - magnitudeWidth;
  const elements = descending(layout.lanes).flatMap((element) => [
    zero(padding),
    slice(entry, (element + 1) * magnitudeWidth - 1, element * magnitudeWidth),
  ]);
  assertContract(m, { valid, last, keep, kept }, layout);

  m.output("s_axis_tready", ready);
  m.output("m_axis_tdata", concat(...elements));
  m.output("m_axis_tkeep", keepBytes(keptOut, layout, 1));
  m.output("m_axis_tlast", bit(entry, entryWidth - 1));
  m.output("m_axis_tvalid", entryValid);
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
  const prob = results("prob_o");
  const latency = latencyOf(core);
  const keptNow = m.delayed(kept, latency);
  const lowest = (element: number): number => element * layout.width;
  m.unused(
    "signs",
    descending(layout.lanes).map((element) => bit(prob, lowest(element) + layout.width - 1)),
    "Always 0: a probability is never negative.",
  );
  const magnitudes = descending(layout.lanes).map((element) =>
    and(
      slice(prob, lowest(element) + layout.width - 2, lowest(element)),
      repeat(bit(keptNow, element), layout.width - 1),
    ),
  );
  m.output("valid_o", results("out_valid_o"));
  m.output("entry_o", concat(m.delayed(last, latency), keptNow, ...magnitudes));
  return m.build();
}

/** The elements of one operand without their padding, lane 0 lowest. */
function operandBits(data: Signal, { lanes, width, bytes }: BusLayout, operand: number): Expression {
  const base = operand * lanes * bytes * 8;
  if (width === bytes * 8) return slice(data, base + lanes * width - 1, base);
  const elements = descending(lanes).map((element) => base + element * bytes * 8);
  return concat(...elements.map((low) => slice(data, low + width - 1, low)));
}

/** TKEEP of kept lanes: a bit per byte, `operands` times over. */
function keepBytes(kept: Signal, { lanes, bytes }: BusLayout, operands: number): Expression {
  return repeat(concat(...descending(lanes).map((element) => repeat(bit(kept, element), bytes))), operands);
}

function markUnusedBits(m: ModuleBuilder, data: Signal, keep: Signal, layout: BusLayout): void {
  const { lanes, width, bytes, operands } = layout;
  const padding = bytes * 8 - width;
  if (padding > 0) {
    const tops = descending(operands * lanes).map((element) => (element + 1) * bytes * 8 - 1);
    m.unused(
      "padding",
      tops.map((top) => slice(data, top, top - padding + 1)),
      "The padding of elements to whole bytes means nothing.",
    );
  }
  const other = descending(keep.width).filter((byte) => byte >= lanes * bytes || byte % bytes !== 0);
  if (other.length > 0) {
    m.unused(
      "keep",
      other.map((byte) => bit(keep, byte)),
      "The other bytes of an element, and the biases, are kept where its lowest score byte is.",
    );
  }
}

function assertContract(
  m: ModuleBuilder,
  { valid, last, keep, kept }: { valid: Signal; last: Signal; keep: Signal; kept: Signal },
  layout: BusLayout,
): void {
  const rule = (condition: Expression, sentence: string): void => {
    m.assert(valid, condition, sentence);
  };
  rule(eq(keep, keepBytes(kept, layout, layout.operands)), "s_axis_tkeep is not the same for all bytes of an element");
  rule(bit(kept, 0), "s_axis_tkeep keeps no element of a beat");
  if (layout.lanes > 1) {
    const above = slice(kept, layout.lanes - 1, 1);
    const below = slice(kept, layout.lanes - 2, 0);
    rule(eq(and(above, not(below)), zero(layout.lanes - 1)), "s_axis_tkeep keeps a lane above one that it drops");
    rule(or(last, bit(kept, layout.lanes - 1)), "s_axis_tkeep drops a lane of a beat that is not the last of its row");
  }
}
