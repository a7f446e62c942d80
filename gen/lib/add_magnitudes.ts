import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import { and, constant, eq, mux, not } from "../hdl/operators.ts";
import type { Addends } from "./addends.ts";
import { farPath } from "./far_path.ts";
import { nearPath } from "./near_path.ts";

/** A sum before zero, infinity and NaN are put in their places. */
export interface MagnitudeSum {
  readonly exponent: Signal;
  readonly mantissa: Signal;
  /** Beyond the largest finite number: the exponent is that of infinity already, the mantissa must become 0. */
  readonly overflow: Signal;
}

/**
 * lead + other or lead - other without signs, rounded to nearest, ties to even; subnormals in full.
 *
 * A sum, or a difference of distant exponents, goes the far way: shift, add, round. A difference of close ones, where
 * leading places cancel, goes the near way: subtract, shift left; it is exact. A difference is right only where lead is
 * the larger operand; zero, infinity and NaN are the caller's too. Offers the cuts `align` and `add`.
 */
export function addMagnitudes(m: ModuleBuilder, addends: Addends): MagnitudeSum {
  const far = farPath(m, addends);
  const near = nearPath(m, addends);
  m.section("Near or far");
  const { width } = far.lead;
  const largest = constant(width, 2n ** BigInt(width) - 2n);
  return {
    exponent: m.let("sum_exponent", mux(near.chosen, near.exponent, far.exponent)),
    mantissa: m.let("sum_mantissa", mux(near.chosen, near.mantissa, far.mantissa)),
    overflow: m.let("overflow", and(not(addends.subtract), eq(far.lead, largest), far.grows)),
  };
}
