import type { ModuleCircuit } from "../../gen/hdl/circuit/elaborate.ts";
import type { Literal } from "../../gen/hdl/circuit/graph.ts";
import type { ActivityBench } from "./measure.ts";
import type { MappedCircuit } from "./netlist-circuit.ts";
import { randomRun } from "./random-run.ts";
import { signaturesOf, type RandomRun } from "./signatures.ts";

/** A bit of the RTL, named from the top module on: `gen_lane[0].u_lane.distance[2]`. */
export interface RtlName {
  readonly name: string;
  /** Whether it is the inverse of that bit. */
  readonly inverted: boolean;
}

/** For nets of a netlist, by name, the bits of the RTL that they are; the outermost first, then as they are declared. */
export type SignalNames = ReadonlyMap<string, readonly RtlName[]>;

/** Two runs of different seeds: what the first does not tell apart the second has to confirm. */
const seeds = [1, 2] as const;
const cyclesPerRun = 300;

/**
 * What the nets of a mapped netlist are called in its RTL. Logic synthesis keeps the names of registers and ports only; but
 * many nets between them still are a signal of the RTL, or its inverse, and simulation finds them: both circuits run on the
 * same random inputs, and a net that equals a bit of the RTL in each of 19,200 settled values is that bit for a reader. (No
 * proof: two bits that differ in rarer cases only pass for one.) Nets and bits that never change have no name.
 */
export function signalNames({ entry, netlist, rtl }: Pick<ActivityBench, "entry" | "netlist" | "rtl">): SignalNames {
  return matchSignals(
    netlist,
    rtl,
    seeds.map((seed) => randomRun(entry, seed, cyclesPerRun)),
  );
}

/** The names that all runs together leave to a net. */
export function matchSignals(netlist: MappedCircuit, rtl: ModuleCircuit, runs: readonly RandomRun[]): SignalNames {
  const named = namedBits(rtl.signals);
  const signatureOfBit = signaturesOf(rtl, named.values(), runs);
  const bits = new Map<number, RtlName[]>();
  for (const [name, value] of named) {
    const signature = signatureOfBit(value);
    if (signature === undefined) continue;
    const equal = bits.get(signature.key) ?? [];
    equal.push({ name, inverted: signature.inverted });
    bits.set(signature.key, equal);
  }
  const signatureOfNet = signaturesOf(netlist, netlist.nets.values(), runs);
  const names = new Map<string, readonly RtlName[]>();
  for (const [net, value] of netlist.nets) {
    const signature = signatureOfNet(value);
    const equal = signature && bits.get(signature.key);
    if (equal === undefined) continue;
    names.set(
      net,
      equal.map(({ name, inverted }) => ({ name, inverted: inverted !== signature?.inverted })),
    );
  }
  return names;
}

/** The bits of signals, the outermost first, called `name[3]`, or `name` if it has one. */
export function namedBits(signals: ModuleCircuit["signals"]): ReadonlyMap<string, Literal> {
  const outermostFirst = [...signals].sort(([one], [other]) => levels(one) - levels(other));
  return new Map(
    outermostFirst.flatMap(([name, bits]) =>
      bits.map((bit, i) => [bits.length === 1 ? name : `${name}[${i}]`, bit] as const),
    ),
  );
}

const levels = (name: string): number => name.split(".").length;
