import type { CircuitBuilder } from "../../../gen/hdl/circuit/builder.ts";
import { Machine } from "../../../gen/hdl/circuit/machine.ts";
import type { Random } from "../../../gen/numeric/random.ts";
import type { Query } from "./query.ts";

/** Whether some of 32 random values of the inputs in each round make a query true; registers are inputs to it. */
export function isSometimesTrue({ builder, told }: Query, random: Random, rounds: number): boolean {
  const machine = new Machine(builder);
  const leaves = leavesOf(builder);
  for (let round = 0; round < rounds; round++) {
    for (const node of leaves) machine.words[node] = random.uint32();
    machine.settle();
    if (machine.word(told) !== 0) return true;
  }
  return false;
}

/** Makes what runs a circuit, 32 runs at a time, from its first state; `see` is asked in each cycle for whether to go on. */
export function runnerOf(
  builder: CircuitBuilder,
): (input: (node: number) => number, see: (machine: Machine, cycle: number) => boolean) => void {
  const states = new Set(builder.registers.map(({ node }) => node));
  const inputs = leavesOf(builder).filter((node) => !states.has(node));
  const machine = new Machine(builder);
  return (input, see) => {
    machine.restart();
    for (let cycle = 0; ; cycle++) {
      for (const node of inputs) machine.words[node] = input(node);
      machine.settle();
      if (!see(machine, cycle)) return;
      machine.clock();
    }
  };
}

/** The nodes without a gate, the constant excepted. */
function leavesOf({ nodes, left }: CircuitBuilder): number[] {
  return Array.from({ length: nodes }, (_, node) => node).filter((node) => node > 0 && left[node] === -1);
}
