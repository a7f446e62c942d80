import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { Dut, StreamJob } from "./dut.ts";
import { readField, type FrameField } from "./frame.ts";

/** Cycles between two turns of the event loop. */
const batchCycles = 64;

/** A stream, cycle by cycle: for designs whose cycles take much longer than handing them over. */
export async function streamByTicks(dut: Dut, job: StreamJob): Promise<void> {
  const { inputLayout, outputLayout } = dut;
  const inputs = new Uint8Array(batchCycles * inputLayout.bytes);
  const outputs = new Uint8Array(batchCycles * outputLayout.bytes);
  const view = new DataView(inputs.buffer);
  const fields: readonly FrameField[] = [...inputLayout.fields.values()];
  const scratch = new Uint8Array(inputLayout.bytes);
  for (let done = 0; ;) {
    const cycles = job.fill(inputs, batchCycles);
    if (cycles === 0) return;
    for (let cycle = 0; cycle < cycles; cycle++) {
      for (const field of fields) dut.set(field.port.name, readField(view, cycle * inputLayout.bytes, field));
      const frame = outputs.subarray(cycle * outputLayout.bytes, (cycle + 1) * outputLayout.bytes);
      try {
        dut.tick();
        dut.copyEdge(scratch, frame);
      } catch (thrown) {
        // What led to a stop is judged first, as in the other simulators.
        dut.copyEdge(scratch, frame);
        job.take(outputs, inputs, cycle + 1, done);
        throw thrown;
      }
    }
    job.take(outputs, inputs, cycles, done);
    done += cycles;
    await yieldToEvents();
  }
}
