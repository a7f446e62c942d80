import { ModuleBuilder } from "../hdl/builder.ts";
import type { Module } from "../hdl/module.ts";
import { and, or, readMemory } from "../hdl/operators.ts";
import { counter } from "./counter.ts";
import { addressSize, successor } from "./pointer.ts";

/**
 * A first-in first-out queue of `depth` entries (any number from 1) of `width` bits: the oldest entry stands at the output until it
 * is taken. It refuses nothing: whoever pushes counts the room (a push into a full queue is asserted against in simulation).
 */
export function fifoModule(depth: number, width: number): Module {
  const m = new ModuleBuilder("stream_fifo", {
    purpose: "queue, first in, first out",
    notes: [
      "The oldest entry stands at data_o while valid_o is high, until ready_i takes it. " +
        "The queue refuses no push: the one who pushes counts the room.",
    ],
  });
  const entryCount = m.parameter("Depth", depth, 2, "entries");
  const entryWidth = m.parameter("Width", width, 16, "bits of an entry");
  const pointer = addressSize(m, "PointerWidth", entryCount);
  const push = m.input("push_i", 1);
  const pushData = m.input("push_data_i", entryWidth);
  const ready = m.input("ready_i", 1);

  const entries = m.memory("entries_q", entryCount, entryWidth);
  const writePointer = m.state("write_pointer_q", pointer, { reset: 0n, comment: "the entry that a push fills" });
  const readPointer = m.state("read_pointer_q", pointer, { reset: 0n, comment: "the oldest entry" });
  const count = counter(m, "count", { most: entryCount, reset: 0, comment: "entries that wait" });

  const valid = m.let("valid", count.aboveZero);
  const pop = m.let("pop", and(valid, ready));
  m.writeMemory(entries, { enable: push, address: writePointer.value, data: pushData });
  writePointer.next(successor(writePointer.value, entryCount), push);
  readPointer.next(successor(readPointer.value, entryCount), pop);
  count.count(push, pop);
  m.assert("room", push, or(count.belowMost, pop), "stream_fifo: push into a full queue");

  m.output("valid_o", valid);
  m.output("data_o", readMemory(entries, readPointer.value));
  return m.build();
}
