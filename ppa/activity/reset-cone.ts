import type { Circuit, Literal } from "./gates.ts";

/**
 * Which values of a circuit follow from its inputs and its reset alone: no register without a reset is in their past. These
 * are known from the first cycle on; the others only when every register has been loaded.
 */
export function followsFromReset({ nodes, gates, registers }: Circuit): (value: Literal) => boolean {
  const unknown = new Uint8Array(nodes);
  for (const { node, hasReset } of registers) unknown[node] = hasReset ? 0 : 1;
  for (let changed = true; changed;) {
    changed = false;
    for (const { node, left, right } of gates) unknown[node] = (unknown[left >> 1] ?? 0) | (unknown[right >> 1] ?? 0);
    for (const { node, next } of registers) {
      if (unknown[node] === 1 || unknown[next >> 1] !== 1) continue;
      unknown[node] = 1;
      changed = true;
    }
  }
  return (value) => unknown[value >> 1] === 0;
}
