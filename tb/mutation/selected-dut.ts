import type { Dut, DutPorts, StreamJob } from "../dut/dut.ts";
import { fieldOf, writeField, type FrameField, type FrameLayout } from "../dut/frame.ts";

/** Thrown at the cycle at which a `SelectedDut` is to go no further. */
export class CycleLimit extends Error {
  override readonly name = "CycleLimit";
}

/**
 * A design with one input held at a constant, and out of the test bench's sight: the same `Dut` without that port. The frames
 * of streams keep its place, so the layout is that of the design.
 */
export class SelectedDut implements Dut {
  readonly ports: DutPorts;
  private readonly field: FrameField;

  constructor(
    private readonly dut: Dut,
    port: string,
    private readonly value: bigint,
    /** Single cycles that it makes at most; streams have no such end. */
    private readonly mostTicks: number,
  ) {
    this.ports = { ...dut.ports, all: dut.ports.all.filter(({ name }) => name !== port) };
    this.field = fieldOf(dut.inputLayout, port, dut.title);
    dut.set(port, value);
  }

  get title(): string {
    return this.dut.title;
  }

  get inputLayout(): FrameLayout {
    return this.dut.inputLayout;
  }

  get outputLayout(): FrameLayout {
    return this.dut.outputLayout;
  }

  get cycle(): number {
    return this.dut.cycle;
  }

  set(port: string, value: bigint): void {
    this.dut.set(port, value);
  }

  get(port: string): bigint {
    return this.dut.get(port);
  }

  sampled(port: string): bigint {
    return this.dut.sampled(port);
  }

  tick(): void {
    if (this.dut.cycle >= this.mostTicks) throw new CycleLimit();
    this.dut.tick();
  }

  copyEdge(inputs: Uint8Array, outputs: Uint8Array): void {
    this.dut.copyEdge(inputs, outputs);
  }

  stream(job: StreamJob): Promise<void> {
    return this.dut.stream({
      fill: (inputs, batchCycles) => {
        const cycles = job.fill(inputs, batchCycles);
        const view = new DataView(inputs.buffer, inputs.byteOffset);
        for (let cycle = 0; cycle < cycles; cycle++) {
          writeField(view, cycle * this.inputLayout.bytes, this.field, this.value);
        }
        return cycles;
      },
      take: (outputs, inputs, cycles, firstCycle) => {
        job.take(outputs, inputs, cycles, firstCycle);
      },
    });
  }

  close(): Promise<void> {
    return this.dut.close();
  }
}
