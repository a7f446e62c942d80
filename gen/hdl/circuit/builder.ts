import { invariant } from "../../host/user-error.ts";
import {
  high,
  invert,
  low,
  nodeOf,
  type Bits,
  type Circuit,
  type Literal,
  type Register,
  type Sequential,
} from "./graph.ts";

/** Larger than any literal: the parts of a key stay apart in a float64. */
const literalBound = 2 ** 25;

/** Makes gates: constants and inverters are folded, equal gates are made once. */
export class CircuitBuilder implements Sequential {
  readonly left: Literal[] = [-1];
  readonly right: Literal[] = [-1];
  readonly isXor: (0 | 1)[] = [0];
  private readonly known = new Map<number, Literal>();
  private readonly states = new Map<
    number,
    { readonly node: number; next: Literal; readonly reset: 0 | 1 | undefined }
  >();

  get nodes(): number {
    return this.left.length;
  }

  get registers(): readonly Register[] {
    return [...this.states.values()];
  }

  /** A value that comes from outside. */
  input(): Literal {
    return 2 * this.node(-1, -1, 0);
  }

  word(width: number): Bits {
    return Array.from({ length: width }, () => this.input());
  }

  /** The state of a register; `setNext` says what it becomes. */
  register(reset?: 0 | 1): Literal {
    const state = this.input();
    this.states.set(nodeOf(state), { node: nodeOf(state), next: state, reset });
    return state;
  }

  setNext(state: Literal, next: Literal): void {
    const register = this.states.get(nodeOf(state));
    invariant(register !== undefined, `literal ${state} is the state of a register`);
    register.next = next;
  }

  and(left: Literal, right: Literal): Literal {
    const [a, b] = left < right ? [left, right] : [right, left];
    if (a === low || a === invert(b)) return low;
    if (a === high || a === b) return b;
    return this.gate(a, b, 0);
  }

  or(left: Literal, right: Literal): Literal {
    return invert(this.and(invert(left), invert(right)));
  }

  xor(left: Literal, right: Literal): Literal {
    const inversion = (left ^ right) & 1;
    const [a, b] = left < right ? [left & ~1, right & ~1] : [right & ~1, left & ~1];
    if (a === b) return inversion;
    return (a === low ? b : this.gate(a, b, 1)) ^ inversion;
  }

  mux(select: Literal, whenHigh: Literal, whenLow: Literal): Literal {
    if (whenHigh === invert(whenLow)) return this.xor(select, whenLow);
    if (whenHigh === whenLow) return whenHigh;
    return this.or(this.and(select, whenHigh), this.and(invert(select), whenLow));
  }

  all(literals: Iterable<Literal>): Literal {
    return invert(this.any([...literals].map(invert)));
  }

  /** Balanced, so that no tool has to follow a long chain. */
  any(literals: Iterable<Literal>): Literal {
    let rest = [...literals];
    while (rest.length > 1) {
      rest = rest.flatMap((literal, at) => (at % 2 === 0 ? [this.or(literal, rest[at + 1] ?? low)] : []));
    }
    return rest[0] ?? low;
  }

  /** All that was made, with its ports. */
  circuit(inputs: Circuit["inputs"], outputs: Circuit["outputs"]): Circuit {
    const { nodes, left, right, isXor, registers } = this;
    return { nodes, left, right, isXor, registers, inputs, outputs };
  }

  private gate(left: Literal, right: Literal, isXor: 0 | 1): Literal {
    const key = (left * literalBound + right) * 2 + isXor;
    const old = this.known.get(key);
    if (old !== undefined) return old;
    const literal = 2 * this.node(left, right, isXor);
    this.known.set(key, literal);
    return literal;
  }

  private node(left: Literal, right: Literal, isXor: 0 | 1): number {
    invariant(2 * this.nodes + 1 < literalBound, "a circuit has at most 16 million nodes");
    this.left.push(left);
    this.right.push(right);
    return this.isXor.push(isXor) - 1;
  }
}
