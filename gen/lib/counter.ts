import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Constant, Expression, Signal, Size } from "../hdl/expression.ts";
import { addWrap, constant, mux, ne, sized, subWrap } from "../hdl/operators.ts";

/** Bits that count from 0 to `most`. */
export const countWidth = (most: number): number => Math.max(1, Math.ceil(Math.log2(most + 1)));

/** A count from 0 to `most`, which whoever counts has to keep within. */
export interface Counter {
  readonly value: Signal;
  readonly aboveZero: Expression;
  readonly belowMost: Expression;
  /** Says, once, in which cycles it goes up and in which it goes down; in both at once it stays. */
  count(up: Signal, down: Signal): void;
}

export interface CounterOptions {
  /** A number of 1 or more, or a parameter. */
  readonly most: number | Size;
  readonly reset: number;
  readonly comment: string;
}

/** A counter in the register `name`_q. */
export function counter(m: ModuleBuilder, name: string, { most, reset, comment }: CounterOptions): Counter {
  const bits = countWidth(typeof most === "number" ? most : most.value);
  const size = typeof most === "number" ? bits : m.size("CountWidth", bits, `$clog2(${most.text} + 1)`);
  const number = (value: number, text = `${value}`): Constant =>
    typeof size === "number" ? constant(size, value) : sized(size, { value, text });
  const state = m.state(`${name}_q`, size, { reset: BigInt(reset), comment });
  const { value } = state;
  return {
    value,
    aboveZero: ne(value, number(0)),
    belowMost: ne(value, typeof most === "number" ? number(most) : number(most.value, most.text)),
    count: (up, down) => {
      const one = number(1);
      const changes = m.let(`${name}_changes`, ne(up, down));
      state.next(mux(up, addWrap(value, one), subWrap(value, one)), changes);
    },
  };
}
