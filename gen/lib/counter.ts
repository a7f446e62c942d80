import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { addWrap, constant, mux, ne, subWrap, zero } from "../hdl/operators.ts";

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

/** A counter in the register `name`_q. */
export function counter(
  m: ModuleBuilder,
  name: string,
  { most, reset, comment }: { readonly most: number; readonly reset: number; readonly comment: string },
): Counter {
  const width = countWidth(most);
  const state = m.state(`${name}_q`, width, { reset: BigInt(reset), comment });
  const { value } = state;
  return {
    value,
    aboveZero: ne(value, zero(width)),
    belowMost: ne(value, constant(width, most)),
    count: (up, down) => {
      const one = constant(width, 1);
      const changes = m.let(`${name}_changes`, ne(up, down));
      state.next(mux(up, addWrap(value, one), subWrap(value, one)), changes);
    },
  };
}
