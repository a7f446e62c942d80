import { ModuleBuilder, type ClockNames } from "../hdl/builder.ts";
import type { Module } from "../hdl/module.ts";
import { and, or, readMemory } from "../hdl/operators.ts";
import { counter } from "./counter.ts";
import { addressWidth, successor } from "./pointer.ts";

export interface FifoOptions {
  readonly name: string;
  /** Entries; any number from 1. */
  readonly depth: number;
  readonly width: number;
  readonly clocking: ClockNames;
}

/**
 * A first-in first-out queue: the oldest entry stands at the output until it is taken. It refuses nothing:
 * whoever pushes counts the room (a push into a full queue is asserted against in simulation).
 */
export function fifoModule({ name, depth, width, clocking }: FifoOptions): Module {
  const pointerWidth = addressWidth(depth);
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
  const count = counter(m, "count", { most: depth, reset: 0, comment: "entries that wait" });

  const valid = m.let("valid", count.aboveZero);
  const pop = m.let("pop", and(valid, ready));
  m.writeMemory(entries, { enable: push, address: writePointer.value, data: pushData });
  writePointer.next(successor(writePointer.value, depth), push);
  readPointer.next(successor(readPointer.value, depth), pop);
  count.count(push, pop);
  m.assert(push, or(count.belowMost, pop), `${name}: push into a full queue`);

  m.output("valid_o", valid);
  m.output("data_o", readMemory(entries, readPointer.value));
  return m.build();
}
