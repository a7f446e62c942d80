/** A one-bit value in a circuit: twice the number of the node that makes it, and 1 more if it is inverted. */
export type Literal = number;

/** A value of several bits, the least significant first. */
export type Bits = readonly Literal[];

/** Node 0 is the constant 0. */
export const low: Literal = 0;
export const high: Literal = 1;

export const invert = (literal: Literal): Literal => literal ^ 1;
export const nodeOf = (literal: Literal): number => literal >> 1;
export const isInverted = (literal: Literal): boolean => (literal & 1) === 1;
export const constantLiteral = (value: boolean): Literal => (value ? high : low);

/** A graph of two-input gates. Operands come before what is made of them. */
export interface Gates {
  /** How many nodes there are: the constant, inputs, states of registers, words read from memories, gates. */
  readonly nodes: number;
  /** By node, the operands of its gate; -1 if it is none. */
  readonly left: ArrayLike<Literal>;
  readonly right: ArrayLike<Literal>;
  /** By node, 1 for an exclusive or of two nodes, 0 for an AND of two literals. */
  readonly isXor: ArrayLike<number>;
}

/** A state that is `next` after each cycle. */
export interface Register {
  readonly node: number;
  readonly next: Literal;
  /** What a reset makes of it, which is its first value, too. Undefined if no reset reaches it: hardware may start with any value, a simulation with 0. */
  readonly reset: 0 | 1 | undefined;
}

/** Words outside the gates. A read follows its address within a cycle; a write is seen in the next one. */
export interface WordMemory {
  readonly depth: number;
  readonly width: number;
  /** `data` are nodes without a gate. Beyond the depth, 0 is read and nothing is written. */
  readonly reads: readonly { readonly address: Bits; readonly data: Bits }[];
  readonly write: { readonly enable: Literal; readonly address: Bits; readonly data: Bits };
}

/** Gates and what remembers: all that a simulation needs. The clock is no input; one cycle is one step. */
export interface Sequential extends Gates {
  readonly registers: readonly Register[];
  readonly memories?: readonly WordMemory[];
}

/** A clocked circuit with the bits of its ports by name. */
export interface Circuit extends Sequential {
  readonly inputs: ReadonlyMap<string, Bits>;
  readonly outputs: ReadonlyMap<string, Bits>;
}

/** Marks every gate that reads a marked node, directly or through gates, but not through registers. */
export function markReaders({ nodes, left, right }: Gates, marked: Uint8Array): void {
  for (let node = 0; node < nodes; node++) {
    const [a = -1, b = -1] = [left[node], right[node]];
    if (a >= 0 && (marked[nodeOf(a)] === 1 || marked[nodeOf(b)] === 1)) marked[node] = 1;
  }
}

/** The nodes that some literals depend on, but not through registers, nor through `ends`; their own included. */
export function supportOf(
  { nodes, left, right }: Gates,
  literals: Iterable<Literal>,
  ends: { has(node: number): boolean } = new Set(),
): Uint8Array {
  const marked = new Uint8Array(nodes);
  for (const literal of literals) marked[nodeOf(literal)] = 1;
  for (let node = nodes - 1; node > 0; node--) {
    const [a = -1, b = -1] = [left[node], right[node]];
    if (marked[node] !== 1 || a < 0 || ends.has(node)) continue;
    marked[nodeOf(a)] = 1;
    marked[nodeOf(b)] = 1;
  }
  return marked;
}
