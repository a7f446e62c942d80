import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { concat, mux, not, or, orReduce, slice, zero } from "../hdl/operators.ts";

/** A value shifted until its leading 1 is on top, and by how much. */
export interface Normalised {
  readonly value: Signal;
  /** Bits it was shifted by, as a binary number; undefined where it cannot be shifted at all. */
  readonly count: Expression | undefined;
}

/**
 * Left shift by the number of leading zeros, or less where `stop` has a 1 at or above the leading one: the first 1 of
 * value | stop ends on top. `stop` covers the top places of the value only: one more than it can be shifted by.
 * Counting and shifting share their levels: each looks at the top half of what is left. The cut stands before the last
 * two levels.
 */
export function normalise(m: ModuleBuilder, name: string, value: Signal, stop: Signal, cut: string): Normalised {
  const { width } = value;
  const levels = Math.ceil(Math.log2(stop.width));
  if (levels === 0) {
    m.unused(`${name}_stop`, [stop], "No finite exponent leaves room to shift.");
    return { value: m.cut(cut, value), count: undefined };
  }
  const window = slice(value, width - 1, width - stop.width);
  let marks = m.let(`${name}_marks`, or(window, stop), "The shift stops at the first 1.");
  let shifted = value;
  const counts: Signal[] = [];
  for (let level = levels - 1; level >= 0; level--) {
    if (level === Math.min(1, levels - 1)) [marks, shifted] = [m.cut(cut, marks), m.cut(cut, shifted)];
    const distance = 2 ** level;
    const top = slice(marks, marks.width - 1, marks.width - distance);
    const skip = m.let(`${name}_by_${distance}`, not(orReduce(top)));
    counts.push(skip);
    const moved = concat(slice(shifted, width - 1 - distance, 0), zero(distance));
    shifted = m.let(`${name}_${distance}`, mux(skip, moved, shifted));
    // What is left to look at: the half that holds the first 1.
    const below = marks.width - distance;
    const next = slice(marks, below - 1, Math.max(0, below - distance));
    if (level > 0) {
      const padded = concat(next, ...(next.width < distance ? [zero(distance - next.width)] : []));
      marks = m.let(`${name}_marks_${distance}`, mux(skip, padded, top));
    } else {
      m.unused(`${name}_marks`, [next], "Where no bit above is 1, the last one or the stop is.");
    }
  }
  return { value: shifted, count: concat(...counts) };
}
