import { ModuleBuilder } from "../hdl/builder.ts";
import type { Module } from "../hdl/module.ts";
import { readMemory } from "../hdl/operators.ts";
import { addressSize } from "./pointer.ts";

/**
 * A memory of `depth` words of `width` bits with one write port and one read port, both synchronous: the word at `read_address_i`
 * stands at `read_data_o` after the next clock edge, and stays until the next read. Nobody reads a word in the cycle that writes it.
 */
export function rowBufferModule(depth: number, width: number): Module {
  const m = new ModuleBuilder("row_buffer", {
    purpose: "memory with one write port and one read port",
    notes: [
      "Both ports are synchronous: read_data_o holds the word of the latest cycle with read_i. A compiled SRAM with one " +
        "write and one read port can take this module's place.",
      "A word is never read in the cycle that writes it.",
    ],
  });
  const wordCount = m.parameter("Depth", depth, 4096, "words");
  const wordWidth = m.parameter("Width", width, 16, "bits of a word");
  const address = addressSize(m, "AddressWidth", wordCount);
  const write = { enable: m.input("write_i", 1), address: m.input("write_address_i", address) };
  const data = m.input("write_data_i", wordWidth);
  const read = m.input("read_i", 1);
  const readAddress = m.input("read_address_i", address);

  const words = m.memory("words_q", wordCount, wordWidth);
  m.writeMemory(words, { ...write, data });
  const readData = m.state("read_data_q", wordWidth);
  readData.next(readMemory(words, readAddress), read);
  m.output("read_data_o", readData.value);
  return m.build();
}
