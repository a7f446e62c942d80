import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { and, bit, concat, constant, ge, mux, not, or, orReduce, slice, zero } from "../hdl/operators.ts";

/** A significand moved to another exponent: what of it stands there, and what is left below. */
export interface Aligned {
  /** As wide as the significand. */
  readonly value: Signal;
  /** The bit just below. */
  readonly guard: Signal;
  /** Whether any bit below the guard is 1. */
  readonly sticky: Signal;
}

/** Bits of a distance beyond which every bit of a significand of `width` is sticky. */
export const alignBits = (width: number): number => Math.ceil(Math.log2(width + 2));

/**
 * Right shift of a significand by `distance`, or by one less where `early` is 1 (the result is then one place finer).
 * A distance of 0 with `early` is not supported: it would lose the top bit. From a distance of width + 2 on, all of it
 * may be lost: the significand is then below a quarter of the last place, which no rounding sees. The sticky bit is found from the distance,
 * beside the shift and not behind it.
 */
export function alignRight(
  m: ModuleBuilder,
  name: string,
  significand: Expression,
  early: Signal,
  distance: Signal,
): Aligned {
  const { width } = significand;
  const odd = bit(distance, 0);
  const first = m.let(
    `${name}_first`,
    mux(
      and(early, not(odd)),
      concat(significand, zero(2)),
      mux(and(not(early), odd), concat(zero(2), significand), concat(zero(1), significand, zero(1))),
    ),
    "The distance's lowest bit and the early one in a single level: one left, none, one right.",
  );
  const pairs = m.let(`${name}_pairs`, slice(distance, distance.width - 1, 1), "Two places each.");
  const dropped: Expression[] = [];
  for (let pair = 1; 2 * pair <= width + 1 && pair < 2 ** pairs.width; pair++) {
    dropped.push(and(ge(pairs, constant(pairs.width, pair)), orReduce(slice(first, 2 * pair - 1, 2 * pair - 2))));
  }
  let shifted = first;
  for (let level = 1; level < distance.width; level++) {
    const step = 2 ** level;
    const moved =
      step >= shifted.width ? zero(shifted.width) : concat(zero(step), slice(shifted, shifted.width - 1, step));
    shifted = m.let(`${name}_${step}`, mux(bit(distance, level), moved, shifted));
  }
  m.unused(`${name}_top`, [bit(shifted, width + 1)], "0 unless the distance is 0 and the shift early.");
  return {
    value: m.let(name, slice(shifted, width, 1)),
    guard: m.let(`${name}_guard`, bit(shifted, 0)),
    sticky: m.let(`${name}_sticky`, or(...dropped), "Whether a pair that was shifted out held a 1."),
  };
}
