import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import { and, concat, not, or, orReduce, repeat, xor, zero } from "../hdl/operators.ts";
import type { SubnormalMode } from "../spec.ts";
import type { MagnitudeSum } from "./add_magnitudes.ts";
import type { Unpacked } from "./unpack.ts";

/** What two operands of an addition are, beside finite numbers. */
export interface Specials {
  /** The signs differ: the magnitudes are subtracted. */
  readonly subtract: Signal;
  /** The sum is NaN: an operand is, or infinity is taken from infinity. */
  readonly nan: Signal;
  /** Neither operand is infinite or NaN. */
  readonly finite: Signal;
}

export function specialsOf(m: ModuleBuilder, a: Unpacked, b: Unpacked): Specials {
  const subtract = m.let("subtract", xor(a.sign, b.sign), "Effective subtraction: the signs differ.");
  return {
    subtract,
    nan: m.let(
      "is_nan",
      or(and(a.special, a.fraction), and(b.special, b.fraction), and(a.special, b.special, subtract)),
      "NaN before infinity before everything else: a NaN operand, or inf - inf.",
    ),
    finite: m.let("finite", and(not(a.special), not(b.special))),
  };
}

/** What the result is; at most one of them. */
export interface Outcome {
  /** The sum as the adder gives it; else 0, unless special. */
  readonly regular: Signal;
  /** Infinity or NaN: the exponent is all ones. */
  readonly special: Signal;
  readonly nan: Signal;
}

/** The result without its sign: NaN before infinity, before zero, before what the adder gives. */
export function placeSpecials(
  m: ModuleBuilder,
  name: string,
  { exponent, mantissa, overflow }: MagnitudeSum,
  outcome: Outcome,
  subnormals: SubnormalMode,
): Signal {
  m.section("Zero, infinity and NaN in their places");
  const finite = and(outcome.regular, not(overflow));
  const hasMantissa =
    subnormals === "keep"
      ? m.let("has_mantissa", finite)
      : m.let("has_mantissa", and(finite, orReduce(exponent)), "A subnormal result is flushed to zero.");
  const nan = m.alongside(outcome.nan, mantissa);
  return m.let(
    name,
    concat(
      or(and(exponent, repeat(outcome.regular, exponent.width)), repeat(outcome.special, exponent.width)),
      or(
        and(mantissa, repeat(hasMantissa, mantissa.width)),
        concat(nan, ...(mantissa.width > 1 ? [zero(mantissa.width - 1)] : [])),
      ),
    ),
  );
}
