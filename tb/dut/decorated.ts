import type { Dut, DutPorts, StreamJob } from "./dut.ts";
import type { FrameLayout } from "./frame.ts";

/** A design around another one, which it passes everything on to; a subclass says what it does otherwise. */
export class DecoratedDut<Inner extends Dut = Dut> implements Dut {
  constructor(protected readonly dut: Inner) {}

  get title(): string {
    return this.dut.title;
  }

  get ports(): DutPorts {
    return this.dut.ports;
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
    this.dut.tick();
  }

  copyEdge(inputs: Uint8Array, outputs: Uint8Array): void {
    this.dut.copyEdge(inputs, outputs);
  }

  stream(job: StreamJob): Promise<void> {
    return this.dut.stream(job);
  }

  close(): Promise<void> {
    return this.dut.close();
  }
}
