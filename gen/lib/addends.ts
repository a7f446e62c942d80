import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import { and, bit, not, or, orReduce, slice } from "../hdl/operators.ts";

/** The operand that leads, its exponent field as it stands, and the other one. */
export interface LeadAndOther {
  readonly lead: Signal;
  readonly other: Signal;
  readonly exponent: Signal;
}

/** What an addition of magnitudes needs to know of its operands; significands as `rawSignificand` gives them. */
export interface Addends {
  /** Subtract instead of add. */
  readonly subtract: Signal;
  /** A subtraction from a normal number: the far result may lose one place, so it is worked out one place finer. */
  readonly finer: Signal;
  /** The operands of the far way, and the low bits of their distance. */
  readonly far: LeadAndOther & {
    readonly distance: Signal;
    /** The distance is beyond those bits; undefined where `other` has been made 0 then. */
    readonly beyond: Signal | undefined;
  };
  /** The operands of the near way, and whether their exponents, at most one apart, differ. */
  readonly near: LeadAndOther & { readonly odd: Signal };
  /** A subtraction of equal exponents. */
  readonly equalDifference: Signal;
  /** The exponents are at most one apart; any value where `other` is 0. */
  readonly close: Signal;
  /** The least exponent that the result can have is reached: there is no room to shift left. */
  readonly least: Signal;
}

/** Whether a result with this leading exponent has no room to shift left: field 0, or 1 and a subtraction. */
export function leastExponent(m: ModuleBuilder, exponent: Signal, subtract: Signal): Signal {
  const low = or(not(bit(exponent, 0)), subtract);
  const high = orReduce(slice(exponent, exponent.width - 1, 1));
  return m.let("least_exponent", and(not(high), low), "No room to shift left: the far way takes it.");
}
