import type { Expression, Memory, Signal } from "../expression.ts";
import {
  inputsOf,
  outputsOf,
  portOf,
  type Assertion,
  type Connection,
  type Instance,
  type MemoryBlock,
  type Module,
  type Register,
} from "../module.ts";
import { CircuitBuilder } from "./builder.ts";
import { expressionBits, type Environment } from "./expression.ts";
import { constantLiteral, high, invert, low, type Bits, type Circuit, type Literal, type WordMemory } from "./graph.ts";
import { muxBits } from "./words.ts";

/** A module as a circuit: what `npm run gen` prints, bit by bit. It shares nothing with Yosys and Verilator, which read the print. */
export interface ModuleCircuit extends Circuit {
  /** The signals of all instances, called as a flattened netlist calls them: `gen_lane[0].u_lane.distance`. */
  readonly signals: ReadonlyMap<string, Bits>;
  /** What the registers of all instances store. */
  readonly states: readonly Bits[];
  readonly memories: readonly WordMemory[];
  readonly assertions: readonly Rule[];
}

/** What is 1 in a cycle whose clock edge breaks a rule that a module states with `assert`, and how that is said. */
export interface Rule {
  readonly broken: Literal;
  readonly message: string;
}

/** The reset is an input if the module has one; low, it acts at once and in every instance. */
export function circuitOf(module: Module): ModuleCircuit {
  const gates = new CircuitBuilder();
  const inputs = new Map(inputsOf(module).map(({ signal }) => [signal.name, gates.word(signal.width)]));
  const { reset, hasReset } = module.clocking;
  const running = hasReset ? gates.input() : high;
  const parts = { signals: new Map<string, Bits>(), states: [], memories: [], assertions: [] };
  const outputs = new Elaboration({ gates, running, parts, scope: "" }, module, inputs).outputs;
  if (hasReset) inputs.set(reset, [running]);
  return { ...gates.circuit(inputs, outputs), ...parts };
}

/** Where an instance is built. */
interface Site {
  readonly gates: CircuitBuilder;
  /** Low in reset. */
  readonly running: Literal;
  readonly parts: {
    readonly signals: Map<string, Bits>;
    readonly states: Bits[];
    readonly memories: WordMemory[];
    readonly assertions: Rule[];
  };
  /** What the names of the instance begin with: empty, or ending in a dot. */
  readonly scope: string;
}

type Reads = { readonly address: Bits; readonly data: Bits }[];

/** Builds one instance of a module. */
class Elaboration implements Environment {
  readonly gates: CircuitBuilder;
  readonly outputs: ReadonlyMap<string, Bits>;
  private readonly values = new Map<Signal, Bits>();
  private readonly reads = new Map<Memory, Reads>();
  /** Before the rules of the instances in it: what breaks these broke one further out. */
  private placeOfRule: number;

  constructor(
    private readonly site: Site,
    private readonly module: Module,
    inputs: ReadonlyMap<string, Bits>,
  ) {
    this.gates = site.gates;
    this.placeOfRule = site.parts.assertions.length;
    for (const { signal } of inputsOf(module)) this.values.set(signal, inputs.get(signal.name) ?? []);
    const stored = new Map<Register, Bits>();
    for (const item of module.items) {
      if (item.kind === "register") stored.set(item, this.store(item));
      if (item.kind === "memory") this.reads.set(item.memory, []);
    }
    for (const item of module.items) {
      if (item.kind === "wire") this.values.set(item.signal, this.bits(item.value));
      if (item.kind === "instance") this.instantiate(item);
    }
    // What happens at the clock edge may read every signal.
    for (const item of module.items) {
      switch (item.kind) {
        case "register":
          this.load(item, stored.get(item) ?? []);
          break;
        case "memory":
          this.addMemory(item);
          break;
        case "assertion":
          this.addRule(item);
          break;
        case "wire":
        case "instance":
        case "unused":
          break;
        default:
          item satisfies never;
      }
    }
    this.outputs = new Map(outputsOf(module).map((port) => [port.signal.name, this.bits(port.driver)]));
    for (const [signal, bits] of this.values) site.parts.signals.set(`${site.scope}${signal.name}`, bits);
    for (const [name, bits] of this.outputs) site.parts.signals.set(`${site.scope}${name}`, bits);
  }

  valueOf(signal: Signal): Bits {
    const value = this.values.get(signal);
    if (value === undefined) throw new Error(`${this.module.name}.${signal.name} has no value yet`);
    return value;
  }

  read(memory: Memory, address: Bits): Bits {
    const reads = this.reads.get(memory);
    if (reads === undefined) throw new Error(`${this.module.name} has no memory ${memory.name}`);
    const data = this.gates.word(memory.width);
    reads.push({ address, data });
    return data;
  }

  private bits(expression: Expression): Bits {
    return expressionBits(this, expression);
  }

  private bit(expression: Expression): Literal {
    return this.bits(expression)[0] ?? low;
  }

  private store(register: Register): Bits {
    const { signal, reset } = register;
    const stored = Array.from({ length: signal.width }, (_, i) =>
      this.gates.register(reset === undefined ? undefined : ((reset >> BigInt(i)) & 1n) === 1n ? 1 : 0),
    );
    this.site.parts.states.push(stored);
    this.values.set(signal, this.afterReset(register, stored));
    return stored;
  }

  /** A register's value with the asynchronous reset in force, if it has one. */
  private afterReset({ reset }: Register, value: Bits): Bits {
    if (reset === undefined) return value;
    const { gates, running } = this.site;
    return value.map((bit, i) => gates.mux(running, bit, constantLiteral(((reset >> BigInt(i)) & 1n) === 1n)));
  }

  private load(register: Register, stored: Bits): void {
    const next = this.bits(register.next);
    const loaded =
      register.enable === undefined
        ? next
        : muxBits(this.gates, this.bit(register.enable), next, this.valueOf(register.signal));
    for (const [i, bit] of this.afterReset(register, loaded).entries()) this.gates.setNext(stored[i] ?? low, bit);
  }

  private addMemory({ memory, write }: MemoryBlock): void {
    const { depth, width } = memory;
    const reads = this.reads.get(memory) ?? [];
    const [address, data] = [this.bits(write.address), this.bits(write.data)];
    this.site.parts.memories.push({ depth, width, reads, write: { enable: this.bit(write.enable), address, data } });
  }

  private addRule({ when, condition, message }: Assertion): void {
    const { gates, running } = this.site;
    const broken = gates.and(running, gates.and(this.bit(when), invert(this.bit(condition))));
    this.site.parts.assertions.splice(this.placeOfRule++, 0, { broken, message: `${this.module.name}: ${message}` });
  }

  private instantiate({ name, module, replicated, inputs, outputs }: Instance): void {
    const connections = inputs.map((connection) => ({
      connection,
      width: portOf(module, connection.port).signal.width,
      bits: this.bits(connection.value),
    }));
    const copies = Array.from({ length: replicated?.count ?? 1 }, (_, lane) => {
      const values = connections.map(
        ({ connection, width, bits }) => [connection.port, ofLane(bits, connection, width, lane)] as const,
      );
      const copy = replicated === undefined ? name : `${replicated.label}[${lane}].${name}`;
      const site = { ...this.site, scope: `${this.site.scope}${copy}.` };
      return new Elaboration(site, module, new Map(values)).outputs;
    });
    for (const { port, value } of outputs) {
      this.values.set(
        value,
        copies.flatMap((copy) => copy.get(port) ?? []),
      );
    }
  }
}

function ofLane(bits: Bits, { perLane }: Connection, width: number, lane: number): Bits {
  return perLane ? bits.slice(lane * width, (lane + 1) * width) : bits;
}
