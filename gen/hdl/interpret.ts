import { circuitOf, type ModuleCircuit } from "./circuit/elaborate.ts";
import { nodeOf, type Bits } from "./circuit/graph.ts";
import { Machine } from "./circuit/machine.ts";
import { portOf, type Module } from "./module.ts";

/** A rule that a module states with `assert` did not hold at a clock edge. */
export class AssertionFailure extends Error {}

/**
 * A cycle-accurate, two-valued simulator of the intermediate representation. It runs what the emitter prints and must
 * agree with Verilator bit for bit; it is not the golden model, which knows nothing of the hardware.
 */
export class Simulation {
  private readonly circuit: ModuleCircuit;
  private readonly machine: Machine;
  private isSettled = false;

  /** `initial` gives registers and words of memories their values before reset (default 0): random ones show what relies on them. */
  constructor(
    readonly module: Module,
    initial: (width: number) => bigint = () => 0n,
  ) {
    this.circuit = circuitOf(module);
    this.machine = new Machine(this.circuit, 1);
    for (const bits of this.circuit.states) this.drive(bits, initial(bits.length));
    for (const { memory, contents } of this.machine.memories) {
      for (let first = 0; first < contents.length; first += memory.width) {
        const word = initial(memory.width);
        forEachBit(word, memory.width, (bit, i) => (contents[first + i] = bit));
      }
    }
    if (module.clocking.hasReset) this.set(module.clocking.reset, 0n);
  }

  /** Sets an input port, clock excepted; a packed array is one number, lane 0 in its least significant bits. */
  set(port: string, value: bigint): void {
    const bits = this.circuit.inputs.get(port);
    if (bits === undefined) {
      const { name } = portOf(this.module, port).signal;
      throw new Error(`${name} is an output of ${this.module.name}; it cannot be set`);
    }
    this.drive(bits, value);
    if (port === this.module.clocking.reset && (value & 1n) === 0n) this.machine.reset();
    this.isSettled = false;
  }

  /** The value of a port. */
  get(port: string): bigint {
    this.settle();
    const bits = this.circuit.outputs.get(port) ?? this.circuit.inputs.get(portOf(this.module, port).signal.name) ?? [];
    let value = 0n;
    for (let first = 0; first < bits.length; first += 32) {
      let part = 0;
      const end = Math.min(first + 32, bits.length);
      for (let i = first; i < end; i++) part |= (this.machine.word(bits[i] ?? 0) & 1) << (i - first);
      value |= BigInt(part >>> 0) << BigInt(first);
    }
    return value;
  }

  /** Lets combinational logic follow the inputs; `get` and `tick` do so themselves. */
  settle(): void {
    if (!this.isSettled) this.machine.settle();
    this.isSettled = true;
  }

  /** One rising edge of the clock. */
  tick(): void {
    this.settle();
    for (const { broken, message } of this.circuit.assertions) {
      if ((this.machine.word(broken) & 1) === 1) throw new AssertionFailure(message);
    }
    this.machine.clock();
    this.isSettled = false;
  }

  private drive(bits: Bits, value: bigint): void {
    const { words } = this.machine;
    forEachBit(value, bits.length, (bit, i) => (words[nodeOf(bits[i] ?? 0)] = bit));
  }
}

/** 32 bits at a time, since a BigInt is made anew by every operation. */
function forEachBit(value: bigint, width: number, take: (bit: number, index: number) => void): void {
  for (let first = 0; first < width; first += 32) {
    let part = Number(BigInt.asUintN(32, value >> BigInt(first)));
    for (let i = first; i < Math.min(first + 32, width); i++, part >>>= 1) take(part & 1, i);
  }
}
