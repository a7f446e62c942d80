import type { Circuit } from "../../../../gen/hdl/circuit/graph.ts";
import { Machine } from "../../../../gen/hdl/circuit/machine.ts";

/** Runs a circuit in one stream, ports as numbers. */
export class Stepper {
  private readonly machine: Machine;

  constructor(
    private readonly circuit: Circuit,
    private readonly stream = 0,
  ) {
    this.machine = new Machine(circuit);
  }

  set(port: string, value: bigint): void {
    this.circuit.inputs.get(port)?.forEach((bit, i) => {
      const word = this.machine.words[bit >> 1] ?? 0;
      const one = Number((value >> BigInt(i)) & 1n);
      this.machine.words[bit >> 1] = (word & ~(1 << this.stream)) | (one << this.stream);
    });
  }

  get(port: string): bigint {
    this.machine.settle();
    const bits = this.circuit.outputs.get(port) ?? [];
    return bits.reduceRight((value, bit) => 2n * value + BigInt((this.machine.word(bit) >>> this.stream) & 1), 0n);
  }

  tick(): void {
    this.machine.settle();
    this.machine.clock();
  }
}
