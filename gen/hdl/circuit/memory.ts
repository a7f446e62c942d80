import { nodeOf, type Bits, type Literal, type WordMemory } from "./graph.ts";

type ValueOf = (literal: Literal) => number;

/** What a memory holds in the streams below `used`; the others read anything. */
export class MemoryState {
  /** The bits of word 0, the lowest first, then those of word 1 and so on: each as a word of 32 streams. */
  readonly contents: Int32Array;

  constructor(
    readonly memory: WordMemory,
    private readonly used: number,
  ) {
    this.contents = new Int32Array(memory.depth * memory.width);
  }

  read({ address, data }: WordMemory["reads"][number], words: Int32Array, valueOf: ValueOf): void {
    for (let stream = 0; stream < this.used; stream++) {
      const [first, mask] = [this.placeOf(address, stream, valueOf), 1 << stream];
      for (const [i, bit] of data.entries()) {
        const node = nodeOf(bit);
        words[node] = ((words[node] ?? 0) & ~mask) | ((this.contents[first + i] ?? 0) & mask);
      }
    }
  }

  write(valueOf: ValueOf): void {
    const { enable, address, data } = this.memory.write;
    const enabled = valueOf(enable);
    for (let stream = 0; stream < this.used; stream++) {
      const mask = 1 << stream;
      if ((enabled & mask) === 0) continue;
      const first = this.placeOf(address, stream, valueOf);
      if (first >= this.contents.length) continue;
      for (const [i, bit] of data.entries()) {
        this.contents[first + i] = ((this.contents[first + i] ?? 0) & ~mask) | (valueOf(bit) & mask);
      }
    }
  }

  private placeOf(address: Bits, stream: number, valueOf: ValueOf): number {
    let word = 0;
    for (let i = address.length - 1; i >= 0; i--) word = 2 * word + ((valueOf(address[i] ?? 0) >>> stream) & 1);
    return word * this.memory.width;
  }
}
