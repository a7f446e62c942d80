import { nodeOf, type Sequential, type WordMemory } from "./graph.ts";

/** Numbers per gate of a program: its node, both literals, and all ones if it is an `xor`. */
export const gateSize = 4;

export interface Program {
  /** All gates, operands first. */
  readonly gates: Int32Array;
  /** What is done one after the other: gates from one place in `gates` to another, then the read that needs these and the next ones need. */
  readonly spans: readonly Span[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly read: MemoryRead | undefined;
}

export interface MemoryRead {
  /** The number of the memory in the circuit. */
  readonly memory: number;
  readonly port: WordMemory["reads"][number];
}

export function programOf({ nodes, left, right, isXor, memories = [] }: Sequential): Program {
  const readAt = new Map<number, MemoryRead>();
  for (const [memory, { reads }] of memories.entries()) {
    for (const port of reads) readAt.set(nodeOf(port.data[0] ?? 0), { memory, port });
  }
  const gates: number[] = [];
  const spans: Span[] = [];
  const end = (read: MemoryRead | undefined): void => {
    spans.push({ from: spans.at(-1)?.to ?? 0, to: gates.length, read });
  };
  for (let node = 0; node < nodes; node++) {
    const [a = -1, b = -1, read] = [left[node], right[node], readAt.get(node)];
    if (read !== undefined) end(read);
    if (a >= 0) gates.push(node, a, b, isXor[node] === 1 ? -1 : 0);
  }
  end(undefined);
  return { gates: Int32Array.from(gates), spans };
}

/** Evaluates the gates of a span, each for 32 streams at once. */
export function interpret(gates: Int32Array, { from, to }: Span, words: Int32Array): void {
  for (let i = from; i < to; i += gateSize) {
    const left = gates[i + 1] as number;
    const right = gates[i + 2] as number;
    const a = (words[left >> 1] as number) ^ -(left & 1);
    const b = (words[right >> 1] as number) ^ -(right & 1);
    // A xor B is (A and B) xor (A or B).
    words[gates[i] as number] = (a & b) ^ ((a | b) & (gates[i + 3] as number));
  }
}
