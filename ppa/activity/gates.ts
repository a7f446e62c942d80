import { invariant } from "../../gen/host/user-error.ts";

/** A one-bit value in a circuit: twice the number of the node that makes it, and 1 more where it is inverted. */
export type Literal = number;

/** Node 0 is the constant 0. */
export const low: Literal = 0;
export const high: Literal = 1;

export const inverted = (value: Literal): Literal => value ^ 1;
export const constantLiteral = (value: boolean): Literal => (value ? high : low);

/**
 * A clocked circuit of two-input gates, in an order in which each gate comes after what it reads. Netlists and RTL alike
 * become one, and `machine.ts` runs it.
 */
export interface Circuit {
  /** Of all kinds: the constant, inputs, states of registers, gates. */
  readonly nodes: number;
  /** Bits of the ports, the least significant first. The clock is no port here: one cycle is one step. */
  readonly inputs: ReadonlyMap<string, readonly Literal[]>;
  readonly outputs: ReadonlyMap<string, readonly Literal[]>;
  /** What has a name and is counted. */
  readonly nets: ReadonlyMap<string, Literal>;
  /** Clocks by their names, each with what is 1 in the cycles in which it pulses. */
  readonly clocks: ReadonlyMap<string, Literal>;
  readonly gates: readonly Gate[];
  readonly registers: readonly Register[];
}

/** `and` of two literals, or `xor` of two nodes. */
export interface Gate {
  readonly node: number;
  readonly kind: "and" | "xor";
  readonly left: Literal;
  readonly right: Literal;
}

/** A state that is 0 at first, and after each cycle what `next` was in it. */
export interface Register {
  readonly node: number;
  readonly next: Literal;
  /** Whether a reset gives it a value; where none does, hardware may start with any. */
  readonly hasReset: boolean;
}

/** Larger than any literal: three parts of a key stay apart in a float64. */
const literalBound = 2 ** 25;

/** Makes gates: constants and inverters are folded, equal gates are made once. */
export class GateBuilder {
  readonly gates: Gate[] = [];
  private count = 1;
  private readonly known = new Map<number, Literal>();
  private readonly states = new Map<number, { next: Literal; readonly hasReset: boolean }>();

  get nodes(): number {
    return this.count;
  }

  /** A value that comes from outside. */
  input(): Literal {
    return 2 * this.newNode();
  }

  /** The state of a register; `setNext` says what it becomes. */
  register(hasReset: boolean): Literal {
    const state = 2 * this.newNode();
    this.states.set(state / 2, { next: state, hasReset });
    return state;
  }

  setNext(state: Literal, next: Literal): void {
    const register = this.states.get(state / 2);
    invariant(register !== undefined, `literal ${state} is the state of a register`);
    register.next = next;
  }

  get registers(): readonly Register[] {
    return [...this.states].map(([node, register]) => ({ node, ...register }));
  }

  and(left: Literal, right: Literal): Literal {
    if (left === low || right === low || left === inverted(right)) return low;
    if (left === high || left === right) return right;
    if (right === high) return left;
    return this.gate("and", left, right);
  }

  or(left: Literal, right: Literal): Literal {
    return inverted(this.and(inverted(left), inverted(right)));
  }

  xor(left: Literal, right: Literal): Literal {
    const inversion = (left & 1) ^ (right & 1);
    const [a, b] = [left & ~1, right & ~1];
    if (a === b) return low ^ inversion;
    if (a === low || b === low) return (a | b) ^ inversion;
    return this.gate("xor", a, b) ^ inversion;
  }

  mux(select: Literal, whenHigh: Literal, whenLow: Literal): Literal {
    if (whenHigh === whenLow) return whenHigh;
    if (whenHigh === inverted(whenLow)) return this.xor(select, whenLow);
    if (whenHigh === low || whenHigh === high || whenLow === low || whenLow === high) {
      return this.or(this.and(select, whenHigh), this.and(inverted(select), whenLow));
    }
    return this.xor(whenLow, this.and(select, this.xor(whenHigh, whenLow)));
  }

  private gate(kind: Gate["kind"], one: Literal, other: Literal): Literal {
    const [left, right] = one < other ? [one, other] : [other, one];
    const key = (left * literalBound + right) * 2 + (kind === "and" ? 0 : 1);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const node = this.newNode();
    this.gates.push({ node, kind, left, right });
    this.known.set(key, 2 * node);
    return 2 * node;
  }

  private newNode(): number {
    invariant(2 * this.count + 1 < literalBound, "a circuit of at most 16 million gates");
    return this.count++;
  }
}
