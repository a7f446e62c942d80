import { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import type { Header } from "../hdl/module.ts";
import { and, bit, concat, eq, not, or, repeat, slice, zero } from "../hdl/operators.ts";
import { formatBytes, formatWidth, type FloatFormat } from "../numeric/format.ts";

/** Clock and reset of every AXI4-Stream wrapper. */
export const clocking = { clock: "aclk", reset: "aresetn" } as const;

/** The ports in the order of the standard's tables: the stream that comes in, then the one that goes out. */
const portOrder = ["s_axis", "m_axis"].flatMap((bus) =>
  ["tdata", "tkeep", "tlast", "tvalid", "tready"].map((signal) => `${bus}_${signal}`),
);

/** How elements lie on the bus: each padded to whole bytes, lane 0 lowest, the biases above the scores. */
export interface BusLayout {
  readonly lanes: number;
  readonly width: number;
  readonly bytes: number;
  /** 1, or 2 where biases come with the scores. */
  readonly operands: number;
}

export function busLayout(format: FloatFormat, lanes: number, operands: number): BusLayout {
  return { lanes, width: formatWidth(format), bytes: formatBytes(format), operands };
}

const ascending = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
export const descending = (count: number): number[] => ascending(count).reverse();

/** The stream that comes in, and TREADY of the one that goes out. */
export interface AxisInputs {
  readonly data: Signal;
  readonly keep: Signal;
  readonly last: Signal;
  readonly valid: Signal;
  readonly outReady: Signal;
}

/** Starts a wrapper: a module with the inputs of both streams. */
export function axisBuilder(
  name: string,
  header: Header,
  { operands, lanes, bytes }: BusLayout,
): { readonly m: ModuleBuilder; readonly inputs: AxisInputs } {
  const m = new ModuleBuilder(name, header, { clocking, portOrder });
  const busBytes = operands * lanes * bytes;
  const inputs = {
    data: m.input("s_axis_tdata", busBytes * 8),
    keep: m.input("s_axis_tkeep", busBytes),
    last: m.input("s_axis_tlast", 1),
    valid: m.input("s_axis_tvalid", 1),
    outReady: m.input("m_axis_tready", 1),
  };
  return { m, inputs };
}

/** The elements of one operand without their padding, lane 0 lowest. */
export function operandBits(data: Signal, { lanes, width, bytes }: BusLayout, operand: number): Expression {
  const base = operand * lanes * bytes * 8;
  if (width === bytes * 8) return slice(data, base + lanes * width - 1, base);
  const elements = descending(lanes).map((element) => base + element * bytes * 8);
  return concat(...elements.map((low) => slice(data, low + width - 1, low)));
}

/** A bit per lane: an element is kept when its lowest byte is. */
export function keptLanes(m: ModuleBuilder, keep: Signal, { lanes, bytes }: BusLayout): Signal {
  return m.let(
    "kept",
    concat(...descending(lanes).map((element) => bit(keep, element * bytes))),
    "An element is kept when its lowest byte is; the contract makes its other bytes follow.",
  );
}

/** TKEEP of kept lanes: a bit per byte, `operands` times over. */
function keepBytes(kept: Signal, { lanes, bytes }: BusLayout, operands: number): Expression {
  return repeat(concat(...descending(lanes).map((element) => repeat(bit(kept, element), bytes))), operands);
}

/** The bits of a result without its sign, which is always 0. */
const magnitudeWidth = ({ width }: BusLayout): number => width - 1;

/**
 * What goes into a queue of results, {last, kept, magnitudes}: probabilities have no sign, and those of lanes not kept are zero if `prob` is not zero
 * there by itself.
 */
export function packEntry(
  m: ModuleBuilder,
  { last, kept, prob }: { readonly last: Signal; readonly kept: Signal; readonly prob: Signal },
  layout: BusLayout,
  mask: boolean,
): Expression {
  const lowest = (element: number): number => element * layout.width;
  m.unused(
    "signs",
    descending(layout.lanes).map((element) => bit(prob, lowest(element) + layout.width - 1)),
    "Always 0: a probability is never negative.",
  );
  const magnitudes = descending(layout.lanes).map((element) => {
    const magnitude = slice(prob, lowest(element) + layout.width - 2, lowest(element));
    return mask ? and(magnitude, repeat(bit(kept, element), magnitudeWidth(layout))) : magnitude;
  });
  return concat(last, kept, ...magnitudes);
}

/** Puts a queue's oldest entry on the stream that goes out. */
export function outputEntry(m: ModuleBuilder, entry: Signal, valid: Signal, layout: BusLayout): void {
  const { lanes, bytes } = layout;
  const magnitude = magnitudeWidth(layout);
  const top = entry.width - 1;
  m.section("Pack the bus");
  const kept = m.let("kept_out", slice(entry, top - 1, top - lanes));
  const elements = descending(lanes).flatMap((element) => [
    zero(bytes * 8 - magnitude),
    slice(entry, (element + 1) * magnitude - 1, element * magnitude),
  ]);
  m.output("m_axis_tdata", concat(...elements));
  m.output("m_axis_tkeep", keepBytes(kept, layout, 1));
  m.output("m_axis_tlast", bit(entry, top));
  m.output("m_axis_tvalid", valid);
}

/** Names the bits of the stream that mean nothing. */
export function markUnusedBits(m: ModuleBuilder, { data, keep }: AxisInputs, layout: BusLayout): void {
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
      operands === 1
        ? "The other bytes of an element are kept where its lowest byte is."
        : "The other bytes of an element, and its bias, are kept where its lowest score byte is.",
    );
  }
}

/** What TKEEP must be, though AXI4-Stream allows more; the sentences stand in headers, manifest and assertions alike. */
export function keepRules(layout: BusLayout): readonly string[] {
  const { lanes, bytes, operands } = layout;
  return [...laneRules(lanes), ...(bytes * operands > 1 ? [byteRule(layout)] : [])];
}

/** What the kept lanes of a beat must be. */
export function laneRules(lanes: number): readonly string[] {
  return lanes === 1 ? [oneKept(lanes)] : [oneKept(lanes), lowKept, lastPartial];
}

const oneKept = (lanes: number): string => `every beat keeps ${lanes === 1 ? "its" : "at least one"} element`;
const lowKept = "the kept elements of a beat are its low lanes";
const lastPartial = "only the last beat of a row may drop elements";
const byteRule = ({ bytes, operands }: BusLayout): string =>
  operands === 1
    ? "all bytes of an element are kept or dropped together"
    : `all bytes of an element are kept or dropped together${bytes === 1 ? "" : ","} with its bias`;

/** What a header says of the rules. */
export function rulesNote(what: string, rules: readonly string[]): string {
  return (
    `${what}: ${rules.join("; ")}. Other beats are outside the contract: assertions report them in simulation, their row's ` +
    "results mean nothing, and the rows after it are right."
  );
}

/** The rules of a beat that the sender has to keep, checked in simulation. */
export function assertBusContract(m: ModuleBuilder, inputs: AxisInputs, kept: Signal, layout: BusLayout): void {
  const { valid, keep, last } = inputs;
  const sameBytes = eq(keep, keepBytes(kept, layout, layout.operands));
  m.assert(valid, sameBytes, broken("s_axis_tkeep", byteRule(layout)));
  assertKeptLanes(m, "s_axis_tkeep", { valid, last, kept }, layout.lanes);
}

const broken = (port: string, rule: string): string => `${port} breaks the rule that ${rule}`;

/** Kept elements are the low lanes; every beat keeps one, and only the last of its row may be partial. */
export function assertKeptLanes(
  m: ModuleBuilder,
  port: string,
  { valid, last, kept }: { readonly valid: Signal; readonly last: Signal; readonly kept: Signal },
  lanes: number,
): void {
  m.assert(valid, bit(kept, 0), broken(port, oneKept(lanes)));
  if (lanes === 1) return;
  const above = slice(kept, lanes - 1, 1);
  const below = slice(kept, lanes - 2, 0);
  m.assert(valid, eq(and(above, not(below)), zero(lanes - 1)), broken(port, lowKept));
  m.assert(valid, or(last, bit(kept, lanes - 1)), broken(port, lastPartial));
}
