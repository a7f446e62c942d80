import type { CircuitBuilder } from "../../../gen/hdl/circuit/builder.ts";
import { invert, type Literal } from "../../../gen/hdl/circuit/graph.ts";
import { invariant } from "../../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { portsOf } from "../../dut/ports.ts";
import { portContract } from "../../dut/contract.ts";

/** Output bits that mean something in every cycle, or in those where `guard` is 1. */
export interface ObservedPorts {
  readonly ports: readonly string[];
  readonly guard?: string;
}

/** What the ports promise: handshakes always, results while their valid is high. */
export function observedPorts(entry: ModuleEntry): readonly ObservedPorts[] {
  const { handshakes, outputs } = portContract(entry);
  return [{ ports: handshakes }, ...outputs.map(({ valid, data }) => ({ ports: data, guard: valid }))];
}

/** The value of a bit of an input, by its name as `bitsOf` gives it. */
export type InputValue = (bit: string) => Literal;

/** Whether the reset is asserted. */
export function inReset(entry: ModuleEntry, input: InputValue): Literal {
  return invert(input(portsOf(entry).reset));
}

/** What inputs keep to outside reset: a beat keeps the low lanes, at least one, and all of them but at the end of a row. */
export function isLegal(builder: CircuitBuilder, entry: ModuleEntry, input: InputValue): Literal {
  const groups = portContract(entry).inputs.flatMap(({ valid, last, kept }) => {
    if (kept === undefined || last === undefined) return [];
    const bits = bitsOf(entry, kept.keep).map(input);
    const keeps = (lanes: number): Literal => {
      const pattern = kept.keepOf(lanes);
      return builder.all(bits.map((bit, at) => (((pattern >> BigInt(at)) & 1n) === 1n ? bit : invert(bit))));
    };
    const partial = builder.any(Array.from({ length: kept.lanes - 1 }, (_, lane) => keeps(lane + 1)));
    const whole = builder.or(keeps(kept.lanes), builder.and(input(last), partial));
    return [builder.or(invert(input(valid)), whole)];
  });
  return builder.or(inReset(entry, input), builder.all(groups));
}

/** The names of a port's bits in the graph, lowest first. */
export function bitsOf(entry: ModuleEntry, port: string): readonly string[] {
  const width = entry.ports.find(({ name }) => name === port)?.width;
  invariant(width !== undefined, `${entry.name} has no port "${port}"`);
  return width === 1 ? [port] : Array.from({ length: width }, (_, bit) => `${port}[${bit}]`);
}
