import { markReaders, nodeOf, type Literal, type Sequential } from "../../gen/hdl/circuit/graph.ts";

/**
 * Which values of a circuit follow from its inputs and its reset alone: no register without a reset is in their past. These
 * are known from the first cycle on; the others only when every register has been loaded.
 */
export function followsFromReset(circuit: Sequential): (value: Literal) => boolean {
  const unknown = new Uint8Array(circuit.nodes);
  for (const { node, reset } of circuit.registers) unknown[node] = reset === undefined ? 1 : 0;
  for (let changed = true; changed;) {
    changed = false;
    markReaders(circuit, unknown);
    for (const { node, next } of circuit.registers) {
      if (unknown[node] === 1 || unknown[nodeOf(next)] !== 1) continue;
      unknown[node] = 1;
      changed = true;
    }
  }
  return (value) => unknown[nodeOf(value)] === 0;
}
