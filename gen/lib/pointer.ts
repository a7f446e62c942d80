import type { Expression, Signal } from "../hdl/expression.ts";
import { addWrap, constant, eq, mux, zero } from "../hdl/operators.ts";
import { countWidth } from "./counter.ts";

/** Bits of an address of a memory of `depth` words. */
export const addressWidth = (depth: number): number => countWidth(depth - 1);

/** The next of `depth` addresses, back to 0 after the last. */
export function successor(pointer: Signal, depth: number): Expression {
  const next = addWrap(pointer, constant(pointer.width, 1));
  if (depth === 2 ** pointer.width) return next;
  return mux(eq(pointer, constant(pointer.width, depth - 1)), zero(pointer.width), next);
}
