import type { Signal } from "../../gen/hdl/expression.ts";
import {
  inputsOf,
  outputsOf,
  portOf,
  type Connection,
  type Instance,
  type Module,
  type Register,
} from "../../gen/hdl/module.ts";
import { constantLiteral, GateBuilder, high, low, type Circuit, type Literal } from "./gates.ts";
import { expressionBits } from "./rtl-expression.ts";
import { muxBits, type Bits } from "./words.ts";

/**
 * The RTL as a circuit: the modules that `npm run gen` prints, bit by bit. It shares nothing with Yosys, which reads the
 * print; what the generators' interpreter does at one cycle, this does at 32, hundreds of times as fast.
 */
export function rtlCircuit(module: Module): Circuit {
  const gates = new GateBuilder();
  const inputs = new Map<string, Bits>();
  for (const { signal } of inputsOf(module)) {
    const bits = Array.from({ length: signal.width }, () => gates.input());
    inputs.set(signal.name, bits);
  }
  const { reset, hasReset } = module.clocking;
  const running = hasReset ? gates.input() : high;
  const site: Site = { gates, running, nets: new Map(), scope: "" };
  const outputs = elaborate(site, module, inputs);
  if (hasReset) inputs.set(reset, [running]);
  const { nodes, gates: all, registers } = gates;
  return { nodes, inputs, outputs, nets: site.nets, clocks: new Map(), gates: all, registers };
}

/** Where an instance is built. */
interface Site {
  readonly gates: GateBuilder;
  /** Low in reset. */
  readonly running: Literal;
  /** Every bit of every signal, called as a flattened netlist calls it: `gen_lane[0].u_lane.distance[2]`. */
  readonly nets: Map<string, Literal>;
  /** What the names of the instance begin with: empty, or ending in a dot. */
  readonly scope: string;
}

/** Builds one instance of a module. Gives the bits of its outputs. */
function elaborate(site: Site, module: Module, inputs: ReadonlyMap<string, Bits>): ReadonlyMap<string, Bits> {
  const { gates, running } = site;
  const values = new Map<Signal, Bits>();
  const valueOf = (signal: Signal): Bits => {
    const value = values.get(signal);
    if (value === undefined) throw new Error(`${module.name}.${signal.name} has no value yet`);
    return value;
  };
  for (const { signal } of inputsOf(module)) values.set(signal, inputs.get(signal.name) ?? []);
  const states = new Map<Register, Bits>();
  for (const item of module.items) {
    if (item.kind !== "register") continue;
    const stored = Array.from({ length: item.signal.width }, () => gates.register(item.reset !== undefined));
    states.set(item, stored);
    values.set(item.signal, afterReset(gates, item, stored, running));
  }
  for (const item of module.items) {
    switch (item.kind) {
      case "wire":
        values.set(item.signal, expressionBits(gates, item.value, valueOf));
        break;
      case "instance":
        instantiate(site, item, valueOf).forEach((bits, signal) => values.set(signal, bits));
        break;
      case "memory":
        throw new Error(`${module.name} has a memory; the cores that are simulated by gates have none`);
      case "register":
      case "assertion":
      case "unused":
        break;
      default:
        item satisfies never;
    }
  }
  for (const [register, stored] of states) {
    const next = expressionBits(gates, register.next, valueOf);
    const loaded =
      register.enable === undefined
        ? next
        : muxBits(gates, expressionBits(gates, register.enable, valueOf)[0] ?? low, next, valueOf(register.signal));
    afterReset(gates, register, loaded, running).forEach((bit, i) => {
      gates.setNext(stored[i] ?? low, bit);
    });
  }
  const outputs = new Map(
    outputsOf(module).map((port) => [port.signal.name, expressionBits(gates, port.driver, valueOf)]),
  );
  for (const [signal, bits] of values) nameBits(site, signal.name, bits);
  for (const [name, bits] of outputs) nameBits(site, name, bits);
  return outputs;
}

function nameBits({ nets, scope }: Site, name: string, bits: Bits): void {
  bits.forEach((bit, i) => nets.set(bits.length === 1 ? `${scope}${name}` : `${scope}${name}[${i}]`, bit));
}

/** A register's value with the asynchronous reset in force, where it has one. */
function afterReset(gates: GateBuilder, { reset }: Register, value: Bits, running: Literal): Bits {
  if (reset === undefined) return value;
  return value.map((bit, i) => gates.mux(running, bit, constantLiteral(((reset >> BigInt(i)) & 1n) === 1n)));
}

/** Builds the copies of an instance; gives the parent's signals that they drive. */
function instantiate(site: Site, instance: Instance, valueOf: (signal: Signal) => Bits): ReadonlyMap<Signal, Bits> {
  const { name, module, replicated } = instance;
  const connections = instance.inputs.map((connection) => ({
    connection,
    width: portOf(module, connection.port).signal.width,
    bits: expressionBits(site.gates, connection.value, valueOf),
  }));
  const copies = Array.from({ length: replicated?.count ?? 1 }, (_, lane) => {
    const inputs = connections.map(
      ({ connection, width, bits }) => [connection.port, ofLane(bits, connection, width, lane)] as const,
    );
    const copy = replicated === undefined ? name : `${replicated.label}[${lane}].${name}`;
    return elaborate({ ...site, scope: `${site.scope}${copy}.` }, module, new Map(inputs));
  });
  return new Map(
    instance.outputs.map(({ port, value }) => [value, copies.flatMap((outputs) => outputs.get(port) ?? [])]),
  );
}

function ofLane(bits: Bits, { perLane }: Connection, width: number, lane: number): Bits {
  return perLane ? bits.slice(lane * width, (lane + 1) * width) : bits;
}
