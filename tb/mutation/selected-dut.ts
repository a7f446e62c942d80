import { DecoratedDut } from "../dut/decorated.ts";
import type { Dut, DutPorts, StreamJob } from "../dut/dut.ts";
import { fieldOf, writeField, type FrameField } from "../dut/frame.ts";

/** Thrown at the cycle at which a `SelectedDut` is to go no further. */
export class CycleLimit extends Error {
  override readonly name = "CycleLimit";
}

/**
 * A design with one input held at a constant, and out of the test bench's sight: the same `Dut` without that port. The frames
 * of streams keep its place, so the layout is that of the design.
 */
export class SelectedDut extends DecoratedDut {
  private readonly shown: DutPorts;
  private readonly field: FrameField;

  constructor(
    dut: Dut,
    port: string,
    private readonly value: bigint,
    /** Single cycles that it makes at most; streams have no such end. */
    private readonly mostTicks: number,
  ) {
    super(dut);
    this.shown = { ...dut.ports, all: dut.ports.all.filter(({ name }) => name !== port) };
    this.field = fieldOf(dut.inputLayout, port, dut.title);
    dut.set(port, value);
  }

  override get ports(): DutPorts {
    return this.shown;
  }

  override tick(): void {
    if (this.dut.cycle >= this.mostTicks) throw new CycleLimit();
    this.dut.tick();
  }

  override stream(job: StreamJob): Promise<void> {
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
}
