import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal, Size } from "../hdl/expression.ts";
import { addWrap, constant, eq, mux, sized, zero } from "../hdl/operators.ts";
import { countWidth } from "./counter.ts";

/** Bits of an address of a memory of `depth` words. */
export const addressWidth = (depth: number): number => countWidth(depth - 1);

/** The same of a depth that is a parameter, under a name. */
export function addressSize(m: ModuleBuilder, name: string, depth: Size): Size {
  return m.size(name, addressWidth(depth.value), `(${depth.text} > 1) ? $clog2(${depth.text}) : 1`);
}

/** The next of `depth` addresses, back to 0 after the last; a depth that is a parameter may be a power of two or not. */
export function successor(pointer: Signal, depth: number | Size): Expression {
  const { width, widthText = "" } = pointer;
  if (typeof depth === "number") {
    const next = addWrap(pointer, constant(width, 1));
    return depth === 2 ** width ? next : mux(eq(pointer, constant(width, depth - 1)), zero(width), next);
  }
  const fill = (value: number, text: string): Expression => sized({ value: width, text: widthText }, { value, text });
  const last = eq(pointer, fill(depth.value - 1, `${depth.text} - 1`));
  return mux(last, fill(0, "0"), addWrap(pointer, fill(1, "1")));
}
