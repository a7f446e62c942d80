import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { slice } from "../hdl/operators.ts";

/** One value of two lanes, or of the last one alone when their number is odd. */
type Combine = (left: Expression, right: Expression | undefined, level: number) => Expression;

/** A tree over two lanes or more: `name`_1_0, ..., with a cut `name`_LEVEL behind each level. */
export function laneTree(m: ModuleBuilder, name: string, leaves: readonly Expression[], combine: Combine): Signal {
  let nodes = leaves;
  for (let level = 1; nodes.length > 1; level++) {
    nodes = pairs(nodes).map(([left, right], i) =>
      m.cut(`${name}_${level}`, m.let(`${name}_${level}_${i}`, combine(left, right, level))),
    );
  }
  const [root] = nodes;
  if (root?.kind !== "signal") throw new Error(`a tree over ${leaves.length} lanes; use 2 or more`);
  return root;
}

/** Neighbours two by two; the last one is alone where their number is odd. */
function pairs<T>(items: readonly T[]): (readonly [T, T | undefined])[] {
  return items.flatMap((item, i) => (i % 2 === 0 ? [[item, items[i + 1]] as const] : []));
}

/** Each lane's part of an array, the lowest first. */
export function laneParts(array: Signal, lanes: number): Expression[] {
  const width = array.width / lanes;
  return Array.from({ length: lanes }, (_, lane) => slice(array, (lane + 1) * width - 1, lane * width));
}
