import { invariant } from "../../../gen/host/user-error.ts";
import type { Random } from "../../../gen/numeric/random.ts";

/** A node of a graph of two-input ANDs and inverters, doubled, plus 1 where inverted. Node 0 is the constant: 0 is false, 1 is true. */
export type Literal = number;

export const falseLiteral: Literal = 0;
export const trueLiteral: Literal = 1;
export const invert = (literal: Literal): Literal => literal ^ 1;
export const nodeOf = (literal: Literal): number => literal >> 1;
const isInverted = (literal: Literal): boolean => (literal & 1) === 1;

export interface Latch {
  readonly node: number;
  /** Every name that the design has for it. */
  readonly names: readonly string[];
  /** Its value in the next cycle. */
  readonly next: Literal;
}

/** A design as ANDs and latches of one clock. Bits of ports are called `name[3]`, or `name` where the port has one. */
export interface Aig {
  /** How many nodes there are, the constant among them. */
  readonly nodes: number;
  readonly inputs: ReadonlyMap<string, number>;
  readonly outputs: ReadonlyMap<string, Literal>;
  /** They start with any value. */
  readonly latches: readonly Latch[];
  /** By node, the operands of its AND; -1 where it is none. Operands come before what is made of them. */
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Reads AIGER's text form (A. Biere, "The AIGER And-Inverter Graph (AIG) Format Version 20071012"), with the names in it. */
export function parseAiger(text: string): Aig {
  const lines = text.split("\n");
  const [kind, ...sizes] = (lines[0] ?? "").split(" ");
  const [most = 0, inputCount = 0, latchCount = 0, outputCount = 0, andCount = 0] = sizes.map(Number);
  invariant(kind === "aag" && sizes.length === 5, `"${lines[0] ?? ""}" is no header of an AIGER text`);
  const numbersAt = (line: number): number[] => (lines[line] ?? "").split(" ").map(Number);
  let at = 1;
  const take = (count: number): number[][] => {
    const taken = Array.from({ length: count }, (_, index) => numbersAt(at + index));
    at += count;
    return taken;
  };
  const inputs = take(inputCount).map(([literal = 0]) => nodeOf(literal));
  const latches = take(latchCount).map(([literal = 0, next = 0]) => ({
    node: nodeOf(literal),
    next,
    names: [] as string[],
  }));
  const outputs = take(outputCount).map(([literal = 0]) => literal);
  const left = new Int32Array(most + 1).fill(-1);
  const right = new Int32Array(most + 1).fill(-1);
  for (const [literal = 0, first = 0, second = 0] of take(andCount)) {
    invariant(first < literal && second < literal, "an AND of the AIGER text comes before its operands");
    left[nodeOf(literal)] = first;
    right[nodeOf(literal)] = second;
  }
  const names = { i: new Map<string, number>(), o: new Map<string, Literal>() };
  for (; at < lines.length && lines[at] !== "c"; at++) {
    const [, letter, index = "", name = "", rest = ""] = /^([iol])(\d+) (\S+)(.*)/.exec(lines[at] ?? "") ?? [];
    if (letter === "l") latches[Number(index)]?.names.push(name, ...rest.split(" ").filter((other) => other !== ""));
    if (letter === "i") names.i.set(name, inputs[Number(index)] ?? 0);
    if (letter === "o") names.o.set(name, outputs[Number(index)] ?? 0);
  }
  return { nodes: most + 1, inputs: names.i, outputs: names.o, latches, left, right };
}

/** Which nodes a set of nodes reaches through ANDs, without crossing a latch; marked in `reached`, the set itself too. */
export function reachThroughAnds({ nodes, left, right }: Aig, reached: Uint8Array): void {
  for (let node = 0; node < nodes; node++) {
    const [a = -1, b = -1] = [left[node], right[node]];
    if (a >= 0 && (reached[nodeOf(a)] === 1 || reached[nodeOf(b)] === 1)) reached[node] = 1;
  }
}

/** The nodes that some literals depend on, without crossing a latch; themselves included. */
export function supportOf({ nodes, left, right }: Aig, literals: Iterable<Literal>): Uint8Array {
  const marked = new Uint8Array(nodes);
  for (const literal of literals) marked[nodeOf(literal)] = 1;
  for (let node = nodes - 1; node > 0; node--) {
    const [a = -1, b = -1] = [left[node], right[node]];
    if (marked[node] !== 1 || a < 0) continue;
    marked[nodeOf(a)] = 1;
    marked[nodeOf(b)] = 1;
  }
  return marked;
}

/** Builds a graph in which equal ANDs are one node, and writes it as BLIF. */
export class AigBuilder {
  private readonly left: number[] = [-1];
  private readonly right: number[] = [-1];
  private readonly known = new Map<number, Literal>();
  private readonly latches: { readonly node: number; readonly initial: 0 | 1; next: Literal }[] = [];

  get size(): number {
    return this.left.length;
  }

  input(): Literal {
    return 2 * (this.left.push(-1) - 1);
  }

  latch(initial: 0 | 1): { readonly literal: Literal; readonly drive: (next: Literal) => void } {
    const literal = this.input();
    const latch = { node: nodeOf(literal), initial, next: falseLiteral };
    this.latches.push(latch);
    return {
      literal,
      drive: (next) => {
        latch.next = next;
      },
    };
  }

  and(first: Literal, second: Literal): Literal {
    const [a, b] = first < second ? [first, second] : [second, first];
    if (a === falseLiteral || a === invert(b)) return falseLiteral;
    if (a === trueLiteral || a === b) return b;
    // Literals stay below 2^26, so that a pair of them is a safe whole number.
    const key = a * 2 ** 26 + b;
    const old = this.known.get(key);
    if (old !== undefined) return old;
    const literal = 2 * (this.left.push(a) - 1);
    this.right[nodeOf(literal)] = b;
    this.known.set(key, literal);
    return literal;
  }

  or(a: Literal, b: Literal): Literal {
    return invert(this.and(invert(a), invert(b)));
  }

  xor(a: Literal, b: Literal): Literal {
    return this.or(this.and(a, invert(b)), this.and(invert(a), b));
  }

  mux(select: Literal, whenTrue: Literal, whenFalse: Literal): Literal {
    return this.or(this.and(select, whenTrue), this.and(invert(select), whenFalse));
  }

  all(literals: Iterable<Literal>): Literal {
    return invert(this.any([...literals].map(invert)));
  }

  /** Balanced, so that no tool has to follow a long chain. */
  any(literals: Iterable<Literal>): Literal {
    let rest = [...literals];
    while (rest.length > 1) {
      rest = rest.flatMap((literal, at) => (at % 2 === 0 ? [this.or(literal, rest[at + 1] ?? falseLiteral)] : []));
    }
    return rest[0] ?? falseLiteral;
  }

  /**
   * What a literal is where another one is true, by the values that this forces on operands (unit propagation): equal ANDs become one
   * node where they are equal only under the assumption.
   */
  given(assumption: Literal, literal: Literal): Literal {
    const forced = this.forcedBy(assumption);
    if (forced === undefined) return falseLiteral;
    const size = nodeOf(literal) + 1;
    const values = new Int32Array(size).fill(-1);
    const needed = new Uint8Array(size);
    needed[nodeOf(literal)] = 1;
    for (let node = size - 1; node > 0; node--) {
      const a = this.left[node] ?? -1;
      if (needed[node] !== 1 || a < 0 || forced.has(node)) continue;
      needed[nodeOf(a)] = 1;
      needed[nodeOf(this.right[node] ?? 0)] = 1;
    }
    const valueOf = (operand: Literal): Literal => (values[nodeOf(operand)] ?? 0) ^ (operand & 1);
    values[0] = falseLiteral;
    for (let node = 1; node < size; node++) {
      if (needed[node] !== 1) continue;
      const [a = -1, b = -1, constant] = [this.left[node], this.right[node], forced.get(node)];
      values[node] = constant ?? (a < 0 ? 2 * node : this.and(valueOf(a), valueOf(b)));
    }
    return valueOf(literal);
  }

  /** Nodes with the values that they must have where a literal is true; undefined where it never is. */
  private forcedBy(assumption: Literal): ReadonlyMap<number, Literal> | undefined {
    const forced = new Map<number, Literal>([[0, falseLiteral]]);
    // ANDs that are false wait for an operand that is known to be true.
    let waiting: number[] = [];
    const pending: Literal[] = [assumption];
    while (pending.length > 0) {
      for (let literal = pending.pop(); literal !== undefined; literal = pending.pop()) {
        const node = nodeOf(literal);
        const value = isInverted(literal) ? falseLiteral : trueLiteral;
        const known = forced.get(node);
        if (known !== undefined && known !== value) return undefined;
        if (known !== undefined) continue;
        forced.set(node, value);
        const [a = -1, b = -1] = [this.left[node], this.right[node]];
        if (a < 0) continue;
        if (value === trueLiteral) pending.push(a, b);
        else waiting.push(node);
      }
      waiting = waiting.filter((node) => {
        const [a = 0, b = 0] = [this.left[node], this.right[node]];
        const [first, second] = [a, b].map((operand) => {
          const value = forced.get(nodeOf(operand));
          return value === undefined ? undefined : value ^ (operand & 1);
        });
        if (first === falseLiteral || second === falseLiteral) return false;
        if (first === trueLiteral) pending.push(invert(b));
        else if (second === trueLiteral) pending.push(invert(a));
        return first === undefined && second === undefined;
      });
    }
    return forced;
  }

  /** Whether some of 32 random values of the inputs in each round make a literal true; latches are inputs to it. */
  isSometimesTrue(literal: Literal, random: Random, rounds: number): boolean {
    const values = new Int32Array(this.size);
    for (let round = 0; round < rounds; round++) {
      this.evaluate(values, () => random.uint32());
      if (valueIn(values, literal) !== 0) return true;
    }
    return false;
  }

  /** 32 runs at a time from the latches' first values; `see` is asked after each cycle for whether to go on, and may look at literals. */
  run(
    input: (node: number, cycle: number) => number,
    see: (valueOf: (literal: Literal) => number, cycle: number) => boolean,
  ): void {
    const values = new Int32Array(this.size);
    const isLatch = new Uint8Array(this.size);
    for (const { node, initial } of this.latches) {
      isLatch[node] = 1;
      values[node] = -initial;
    }
    const valueOf = (literal: Literal): number => valueIn(values, literal);
    for (let cycle = 0; ; cycle++) {
      this.evaluate(values, (node) => (isLatch[node] === 1 ? valueOf(2 * node) : input(node, cycle)));
      if (!see(valueOf, cycle)) return;
      const next = this.latches.map((latch) => valueOf(latch.next));
      for (const [at, { node }] of this.latches.entries()) values[node] = next[at] ?? 0;
    }
  }

  /** Bitwise values of all nodes; `leaf` gives those of inputs and latches. */
  private evaluate(values: Int32Array, leaf: (node: number) => number): void {
    for (let node = 1; node < this.size; node++) {
      const [a = -1, b = -1] = [this.left[node], this.right[node]];
      values[node] = a < 0 ? leaf(node) : valueIn(values, a) & valueIn(values, b);
    }
  }

  /** One output, `told`, and what it depends on, through latches too; an AND is a table of one row. */
  toBlif(told: Literal): string {
    const latchAt = new Map(this.latches.map((latch) => [latch.node, latch] as const));
    const needed = new Set<number>();
    const pending = [nodeOf(told)];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (needed.has(node)) continue;
      needed.add(node);
      const [a = -1, b = -1, latch] = [this.left[node], this.right[node], latchAt.get(node)];
      if (a >= 0) pending.push(nodeOf(a), nodeOf(b));
      if (latch !== undefined) pending.push(nodeOf(latch.next));
    }
    const inverted = new Set<number>();
    const name = (literal: Literal): string => {
      if (!isInverted(literal)) return `n${nodeOf(literal)}`;
      inverted.add(nodeOf(literal));
      return `i${nodeOf(literal)}`;
    };
    const inputs: string[] = [];
    const lines: string[] = [];
    for (const node of [...needed].sort((a, b) => a - b)) {
      const [a = -1, b = -1, latch] = [this.left[node], this.right[node], latchAt.get(node)];
      if (node === 0) lines.push(".names n0");
      else if (latch !== undefined) lines.push(`.latch ${name(latch.next)} n${node} ${latch.initial}`);
      else if (a < 0) inputs.push(`n${node}`);
      else
        lines.push(`.names n${nodeOf(a)} n${nodeOf(b)} n${node}`, `${isInverted(a) ? 0 : 1}${isInverted(b) ? 0 : 1} 1`);
    }
    lines.push(`.names ${name(told)} told`, "1 1");
    for (const node of inverted) lines.push(`.names n${node} i${node}`, "0 1");
    return [".model query", `.inputs ${inputs.join(" ")}`, ".outputs told", ...lines, ".end", ""].join("\n");
  }
}

const valueIn = (values: Int32Array, literal: Literal): number => (values[nodeOf(literal)] ?? 0) ^ -(literal & 1);
