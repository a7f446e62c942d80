import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { bit, concat, mux, slice, zero } from "../hdl/operators.ts";

/**
 * Right shift by a whole number, the largest distance first: a bit of a late amount that only chooses between near
 * places then meets the narrowest part of the shifter last. What is shifted out is lost; zeros come in.
 */
export function shiftRightBy(m: ModuleBuilder, name: string, value: Signal, amount: Signal): Signal {
  let shifted = value;
  for (let level = amount.width - 1; level >= 0; level--) {
    const distance = 2 ** level;
    const moved = shiftedOnce(shifted, distance);
    shifted = m.let(`${name}_by_${distance}`, mux(bit(amount, level), moved, shifted));
  }
  return shifted;
}

function shiftedOnce(value: Signal, distance: number): Expression {
  if (distance >= value.width) return zero(value.width);
  return concat(zero(distance), slice(value, value.width - 1, distance));
}
