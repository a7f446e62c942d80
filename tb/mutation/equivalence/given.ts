import type { CircuitBuilder } from "../../../gen/hdl/circuit/builder.ts";
import { high, invert, isInverted, low, nodeOf, supportOf, type Literal } from "../../../gen/hdl/circuit/graph.ts";

/**
 * What a literal is if another one is true, by the values that this forces on operands (unit propagation): gates that are equal only
 * under the assumption become one node.
 */
export function given(builder: CircuitBuilder, assumption: Literal, literal: Literal): Literal {
  const forced = forcedBy(builder, assumption);
  if (forced === undefined) return low;
  const { left, right, isXor } = builder;
  const needed = supportOf(builder, [literal], forced);
  const values = new Int32Array(needed.length);
  const valueOf = (operand: Literal): Literal => (values[nodeOf(operand)] ?? 0) ^ (operand & 1);
  for (let node = 1; node < values.length; node++) {
    if (needed[node] !== 1) continue;
    const [a = -1, b = -1, constant] = [left[node], right[node], forced.get(node)];
    if (constant !== undefined) values[node] = constant;
    else if (a < 0) values[node] = 2 * node;
    else values[node] = isXor[node] === 1 ? builder.xor(valueOf(a), valueOf(b)) : builder.and(valueOf(a), valueOf(b));
  }
  return valueOf(literal);
}

/** Nodes with the values that they must have if a literal is true; undefined if it never is. */
function forcedBy(
  { left, right, isXor }: CircuitBuilder,
  assumption: Literal,
): ReadonlyMap<number, Literal> | undefined {
  const forced = new Map<number, Literal>([[0, low]]);
  const known = (literal: Literal): Literal | undefined => {
    const value = forced.get(nodeOf(literal));
    return value === undefined ? undefined : value ^ (literal & 1);
  };
  // These wait for the value of an operand: ANDs that are false, and exclusive ors.
  let waiting: number[] = [];
  const pending: Literal[] = [assumption];
  while (pending.length > 0) {
    for (let literal = pending.pop(); literal !== undefined; literal = pending.pop()) {
      const node = nodeOf(literal);
      const value = isInverted(literal) ? low : high;
      const old = forced.get(node);
      if (old !== undefined && old !== value) return undefined;
      if (old !== undefined) continue;
      forced.set(node, value);
      const [a = -1, b = -1] = [left[node], right[node]];
      if (a < 0) continue;
      if (value === high && isXor[node] !== 1) pending.push(a, b);
      else waiting.push(node);
    }
    waiting = waiting.filter((node) => {
      const [a = 0, b = 0] = [left[node], right[node]];
      const [first, second] = [known(a), known(b)];
      if (first === undefined && second === undefined) return true;
      const [value, other] = first === undefined ? [second, a] : [first, b];
      // The other operand of an exclusive or differs from this one if the node is true; that of a false AND is false if this one is true.
      if (isXor[node] === 1) pending.push(other ^ (forced.get(node) === value ? 1 : 0));
      else if (first !== low && second !== low) pending.push(invert(other));
      return false;
    });
  }
  return forced;
}
