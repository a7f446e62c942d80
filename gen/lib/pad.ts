import type { Expression } from "../hdl/expression.ts";
import { concat, zero } from "../hdl/operators.ts";

/** The value with zeros below it, up to `width` bits: the same number in finer units. */
export function padBelow(value: Expression, width: number): Expression {
  return width === value.width ? value : concat(value, zero(width - value.width));
}
