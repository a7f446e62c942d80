import { ModuleBuilder, type ClockNames } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import type { Module } from "../hdl/module.ts";
import { addWrap, and, constant, eq, mux, ne, or, readMemory, subWrap, zero } from "../hdl/operators.ts";

export interface FifoOptions {
  readonly name: string;
  /** Entries; any number from 1. */
  readonly depth: number;
  readonly width: number;
  readonly clocking: ClockNames;
}

/** Bits that count from 0 to `most`. */
export const countWidth = (most: number): number => Math.max(1, Math.ceil(Math.log2(most + 1)));

/**
 * A first-in first-out queue: the oldest entry stands at the output until it is taken. It refuses nothing:
 * whoever pushes counts the room (a push into a full queue is asserted against in simulation).
 */
export function fifoModule({ name, depth, width, clocking }: FifoOptions): Module {
  const pointerWidth = countWidth(depth - 1);
  const full = constant(countWidth(depth), depth);
  const empty = zero(full.width);
  const m = new ModuleBuilder(
    name,
    {
      purpose: `queue of ${depth} entries of ${width} bits, first in, first out`,
      notes: [
        "The oldest entry stands at data_o while valid_o is high, until ready_i takes it. " +
          "The queue refuses no push: the one who pushes counts the room.",
      ],
    },
    { clocking },
  );
  const push = m.input("push_i", 1);
  const pushData = m.input("push_data_i", width);
  const ready = m.input("ready_i", 1);

  const entries = m.memory("entries_q", depth, width);
  const writePointer = m.state("write_pointer_q", pointerWidth, { reset: 0n, comment: "the entry that a push fills" });
  const readPointer = m.state("read_pointer_q", pointerWidth, { reset: 0n, comment: "the oldest entry" });
  const count = m.state("count_q", full.width, { reset: 0n, comment: "entries that wait" });

  const valid = m.let("valid", ne(count.value, empty));
  const pop = m.let("pop", and(valid, ready));
  const one = constant(full.width, 1);
  m.writeMemory(entries, { enable: push, address: writePointer.value, data: pushData });
  writePointer.next(successor(writePointer.value, depth), push);
  readPointer.next(successor(readPointer.value, depth), pop);
  count.next(mux(push, addWrap(count.value, one), subWrap(count.value, one)), m.let("count_changes", ne(push, pop)));
  m.assert(push, or(ne(count.value, full), pop), `${name}: push into a full queue`);

  m.output("valid_o", valid);
  m.output("data_o", readMemory(entries, readPointer.value));
  return m.build();
}

/** The pointer to the next entry, back to 0 after the last. */
function successor(pointer: Signal, depth: number): Expression {
  const next = addWrap(pointer, constant(pointer.width, 1));
  if (depth === 2 ** pointer.width) return next;
  return mux(eq(pointer, constant(pointer.width, depth - 1)), zero(pointer.width), next);
}
