import { ModuleBuilder, type ClockNames } from "../hdl/builder.ts";
import type { Module } from "../hdl/module.ts";
import { readMemory } from "../hdl/operators.ts";
import { addressWidth } from "./pointer.ts";

export interface RowBufferOptions {
  readonly name: string;
  /** Words. */
  readonly depth: number;
  readonly width: number;
  readonly clocking: ClockNames;
}

/**
 * A memory with one write port and one read port, both synchronous: the word at `read_address_i` stands at `read_data_o`
 * after the next clock edge, and stays until the next read. Nobody reads a word in the cycle that writes it.
 */
export function rowBufferModule({ name, depth, width, clocking }: RowBufferOptions): Module {
  const m = new ModuleBuilder(
    name,
    {
      purpose: `memory of ${depth} words of ${width} bits, one write port, one read port`,
      notes: [
        "Both ports are synchronous: read_data_o holds the word of the latest cycle with read_i. A compiled SRAM with one " +
          "write and one read port can take this module's place.",
        "A word is never read in the cycle that writes it.",
      ],
    },
    { clocking },
  );
  const write = { enable: m.input("write_i", 1), address: m.input("write_address_i", addressWidth(depth)) };
  const data = m.input("write_data_i", width);
  const read = m.input("read_i", 1);
  const readAddress = m.input("read_address_i", addressWidth(depth));

  const words = m.memory("words_q", depth, width);
  m.writeMemory(words, { ...write, data });
  const readData = m.state("read_data_q", width);
  readData.next(readMemory(words, readAddress), read);
  m.output("read_data_o", readData.value);
  return m.build();
}
