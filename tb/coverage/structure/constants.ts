import { circuitOf, type ModuleCircuit } from "../../../gen/hdl/circuit/elaborate.ts";
import { nodeOf, type Bits, type Literal, type Sequential } from "../../../gen/hdl/circuit/graph.ts";
import type { Expression } from "../../../gen/hdl/expression.ts";
import type { Module } from "../../../gen/hdl/module.ts";
import { toggledBits, type ToggledBit } from "./bits.ts";
import type { Exclusion } from "./exclusions.ts";
import type { Point } from "./points.ts";

/** The value of a bit that is the same in every cycle; undefined of one that may change. */
export type Settled = 0 | 1 | undefined;

/**
 * The bits of a module's own signals that have one value, lowest first, by the signal's name: whatever its inputs, its memories and
 * its registers are, as soon as every register that takes a constant has taken it.
 */
export function constantBits(module: Module): ReadonlyMap<string, readonly Settled[]> {
  const circuit = circuitOf(module);
  const valueOf = settledValues(circuit);
  const values = new Map([...circuit.signals].map(([name, bits]) => [name, bits.map(valueOf)]));
  for (const item of module.items) {
    if (item.kind !== "unused") continue;
    const unread = item.bits.flatMap((bits) => literalsOf(circuit, bits)).map(valueOf);
    values.set(item.name, [parityOf(unread)]);
  }
  return values;
}

/** Exclusions of the bits among the points that are constant: of each module's file, by value. */
export function constantExclusions(points: readonly Point[], modules: readonly Module[]): Exclusion[] {
  return modules.flatMap((module) => {
    const file = `${module.name}.sv`;
    const bits = toggledBits(points, file);
    if (bits.length === 0) return [];
    const values = constantBits(module);
    const settled = ({ signal, bit }: ToggledBit): Settled => values.get(signal)?.[bit];
    return ([0, 1] as const).flatMap((constant): Exclusion[] => {
      const names = bits.filter((bit) => settled(bit) === constant).map(({ name }) => name);
      return names.length === 0 ? [] : [{ files: [file], bits: names, constant, reason: constantReason }];
    });
  });
}

export const constantReason = "it has one value whatever the inputs are, which follows from the gates of the design";

const open = 2;

/** Constants, followed through gates and registers until no more come of them. */
function settledValues({ nodes, left, right, isXor, registers }: Sequential): (literal: Literal) => Settled {
  const values = new Uint8Array(nodes).fill(open);
  values[0] = 0;
  const valueOf = (literal: Literal): Settled => {
    const value = values[nodeOf(literal)];
    return value === 0 || value === 1 ? ((value ^ (literal & 1)) as 0 | 1) : undefined;
  };
  const gate = (node: number): Settled => {
    const [a, b] = [valueOf(left[node] ?? 0), valueOf(right[node] ?? 0)];
    if (isXor[node] === 1) return parityOf([a, b]);
    if (a === 0 || b === 0) return 0;
    return a === 1 && b === 1 ? 1 : undefined;
  };
  for (let changed = true; changed;) {
    for (let node = 1; node < nodes; node++) {
      if ((left[node] ?? -1) >= 0) values[node] = gate(node) ?? open;
    }
    changed = false;
    for (const { node, next, reset } of registers) {
      const value = valueOf(next);
      if (values[node] !== open || value === undefined || (reset ?? value) !== value) continue;
      values[node] = value;
      changed = true;
    }
  }
  return valueOf;
}

function parityOf(values: readonly Settled[]): Settled {
  return values.reduce<Settled>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : ((sum ^ value) as 0 | 1)),
    0,
  );
}

/** Of a signal or a part of one; what is not read on purpose is nothing else. */
function literalsOf({ signals }: ModuleCircuit, expression: Expression): Bits {
  const all = (name: string): Bits => signals.get(name) ?? [];
  if (expression.kind === "signal") return all(expression.name);
  if (expression.kind === "slice") return all(expression.signal.name).slice(expression.low, expression.high + 1);
  throw new Error(`${expression.kind} is no part of a signal`);
}
