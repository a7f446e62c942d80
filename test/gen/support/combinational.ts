import { ModuleBuilder } from "../../../gen/hdl/builder.ts";
import type { Expression, Signal } from "../../../gen/hdl/expression.ts";
import { Simulation } from "../../../gen/hdl/interpret.ts";

/** A combinational block as a function of numbers: inputs and outputs by name. */
export function combinational<I extends string, O extends string>(
  inputs: Readonly<Record<I, number>>,
  build: (m: ModuleBuilder, signals: Record<I, Signal>) => Record<O, Expression>,
): (values: Readonly<Record<I, bigint>>) => Record<O, bigint> {
  const m = new ModuleBuilder("block", { purpose: "a block under test", notes: [] });
  const names = Object.keys(inputs) as I[];
  const signals = Object.fromEntries(names.map((name) => [name, m.input(`${name}_i`, inputs[name])])) as Record<
    I,
    Signal
  >;
  const outputs = build(m, signals);
  const results = Object.keys(outputs) as O[];
  for (const name of results) m.output(`${name}_o`, outputs[name]);
  // Nothing is unused for the test's sake: a block may leave bits to its caller.
  for (const name of names) m.output(`${name}_whole_o`, signals[name]);
  const simulation = new Simulation(m.build());
  return (values) => {
    for (const name of names) simulation.set(`${name}_i`, values[name]);
    simulation.settle();
    return Object.fromEntries(results.map((name) => [name, simulation.get(`${name}_o`)])) as Record<O, bigint>;
  };
}

/** All whole numbers of a width. */
export const all = (width: number): bigint[] => Array.from({ length: 2 ** width }, (_, i) => BigInt(i));
