import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { and, bit, mux, not, orReduce, repeat, slice, xor } from "../hdl/operators.ts";
import { leastExponent, type Addends, type LeadAndOther } from "../lib/addends.ts";
import type { Distance, Magnitudes } from "../lib/compare.ts";
import { rawSignificand, type Unpacked } from "../lib/unpack.ts";

/** Which of two operands leads an addition of magnitudes, and how that is known. */
export interface Selection {
  readonly subtract: Signal;
  /** The second operand leads. */
  readonly secondLeads: Signal;
  /** The same, for a subtraction only, where it may be known earlier. */
  readonly secondLeadsDifference: Signal;
  /** Operand isolation by gates: what is selected is 0 unless this is true. */
  readonly gate: Signal | undefined;
}

/**
 * Brings the operand that leads and the other one into their places. Offers the cuts `compare` (in front) and `select`
 * (behind): with the latter both ways of the addition share one selection; without it, the near way does not wait for
 * what only sums need.
 */
export function selectAddends(
  m: ModuleBuilder,
  [first, second]: readonly [Unpacked, Unpacked],
  magnitudes: Magnitudes,
  selection: Selection,
): Addends {
  m.section("Select: the operand that leads and the one that is shifted");
  const early = (signal: Signal): Signal => m.cut("compare", signal);
  const cut = m.hasCut("select");
  const { gate } = selection;
  const through = (signal: Signal): Signal =>
    gate === undefined
      ? m.cut("select", signal)
      : m.let(`${signal.name}_isolated`, and(signal, repeat(gate, signal.width)));

  const significands = [early(rawSignificand(m, first)), early(rawSignificand(m, second))] as const;
  const exponents = [early(first.exponent), early(second.exponent)] as const;
  const above = [cutDistance(m, magnitudes.aAbove), cutDistance(m, magnitudes.bAbove)] as const;
  const secondLeads = early(selection.secondLeads);
  const differenceLead = early(selection.secondLeadsDifference);
  const subtract = early(selection.subtract);

  const beyond = m.let("beyond", mux(secondLeads, above[1].beyond, above[0].beyond), "Only its sticky bit is left.");
  const pair = (name: string, swap: Signal, keep: Expression | undefined): LeadAndOther => {
    const other = mux(swap, significands[0], significands[1]);
    return {
      lead: through(m.let(`${name}lead`, mux(swap, significands[1], significands[0]))),
      other: through(m.let(`${name}other`, keep === undefined ? other : and(other, repeat(keep, other.width)))),
      exponent: through(m.let(`${name}lead_exponent`, mux(swap, exponents[1], exponents[0]))),
    };
  };
  const far = pair("", secondLeads, cut ? not(beyond) : undefined);
  const near = cut ? far : pair("near_", differenceLead, undefined);
  const distance = through(m.let("distance", mux(secondLeads, above[1].low, above[0].low)));
  const leadHidden = mux(differenceLead, early(second.hidden), early(first.hidden));
  const finer = through(
    m.let("finer", and(subtract, leadHidden), "A far difference may lose a place: start one finer."),
  );
  const equalDifference = m.let("equal_difference", and(selection.subtract, magnitudes.exponentsEqual));
  const odd = cut ? bit(distance, 0) : xor(bit(exponents[0], 0), bit(exponents[1], 0));
  const close = cut ? isClose(distance) : mux(differenceLead, isNear(above[1]), isNear(above[0]));
  const subtractThrough = through(subtract);
  return {
    subtract: subtractThrough,
    finer,
    far: { ...far, distance, beyond: cut ? undefined : beyond },
    near: { ...near, odd: m.let("odd", odd) },
    equalDifference: through(early(equalDifference)),
    close: m.let("close", close, "The exponents are at most one apart."),
    least: leastExponent(m, far.exponent, subtractThrough),
  };
}

const cutDistance = (m: ModuleBuilder, { low, beyond }: Distance): Distance => ({
  low: m.cut("compare", low),
  beyond: m.cut("compare", beyond),
});

/** A distance of 0 or 1. */
const isClose = (distance: Signal): Expression => not(orReduce(slice(distance, distance.width - 1, 1)));

const isNear = ({ low, beyond }: Distance): Expression => and(isClose(low), not(beyond));
