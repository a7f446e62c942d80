import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import {
  addWrap,
  and,
  bit,
  concat,
  constant,
  eq,
  msb,
  mux,
  not,
  slice,
  subWrap,
  zero,
  zext,
} from "../hdl/operators.ts";
import type { Addends } from "./addends.ts";
import { normalise } from "./normalise.ts";

/** A result of the near way, and whether it is the one to take. */
export interface NearResult {
  readonly exponent: Signal;
  readonly mantissa: Signal;
  readonly chosen: Signal;
}

/** A difference of operands at most one binade apart: subtract, then shift left until normal, or until exponent 1. */
export function nearPath(m: ModuleBuilder, { subtract, near, close, least }: Addends): NearResult {
  const { width } = near.lead;
  m.section("Near: subtract");
  const align = (signal: Signal): Signal => m.cut("align", signal);
  const difference = m.let(
    "near_difference",
    subWrap(concat(near.lead, zero(1)), mux(near.odd, concat(zero(1), near.other), concat(near.other, zero(1)))),
  );
  const chosen = align(
    m.let(
      "near_chosen",
      and(subtract, close, not(bit(difference, width)), not(least)),
      "Only where the difference lost its top bit: it is exact then.",
    ),
  );
  const value = align(m.let("near_value", slice(difference, width - 1, 0)));
  const exponent = align(near.exponent);

  m.section("Near: shift left until normal, or until the exponent is 1");
  // The largest finite exponent is 2^E - 2, and the shift ends at exponent 1 from one below.
  const mostShift = Math.min(width - 1, 2 ** exponent.width - 4);
  const stop = m.let("near_stop", concat(...stops(exponent, mostShift + 1)), "The place that has exponent 1.");
  const shifted = normalise(m, "normal", value, stop, "add");
  const lead = m.alongside(exponent, shifted.value);
  const lowered = m.let("near_exponent", lessCountAndOne(m, lead, shifted.count));
  return {
    exponent: m.let(
      "near_packed",
      concat(slice(lowered, lowered.width - 1, 1), and(bit(lowered, 0), msb(shifted.value))),
      "Exponent 1 without a leading 1 is a subnormal: field 0.",
    ),
    mantissa: m.let("near_mantissa", slice(shifted.value, width - 2, 0)),
    chosen,
  };
}

/** A 1 at the place which an exponent leaves as the last to shift to the top, the most significant place first. */
function stops(exponent: Signal, places: number): Expression[] {
  const largest = 2 ** exponent.width - 2;
  return Array.from({ length: places }, (_, place) => {
    const stopsHere = place + 2;
    return place < places - 1 && stopsHere <= largest ? eq(exponent, constant(exponent.width, stopsHere)) : zero(1);
  });
}

/** exponent - count - 1, where the high part is decremented beside the addition of the low one. */
function lessCountAndOne(m: ModuleBuilder, exponent: Signal, shifted: Expression | undefined): Expression {
  if (shifted === undefined) return subWrap(exponent, constant(exponent.width, 1));
  const count = m.let("near_count", shifted);
  const { width: bits } = count;
  // x + ~count is x - count - 1.
  if (exponent.width === bits) return addWrap(exponent, not(count));
  const low = m.let("near_low", addWrap(zext(slice(exponent, bits - 1, 0), bits + 1), concat(zero(1), not(count))));
  const high = slice(exponent, exponent.width - 1, bits);
  return concat(mux(msb(low), high, subWrap(high, constant(high.width, 1))), slice(low, bits - 1, 0));
}
