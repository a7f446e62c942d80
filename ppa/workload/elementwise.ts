import { beatsOf, present, reset, type Batch } from "./batch.ts";
import { StimulusWriter, type Stimulus } from "./stimulus.ts";

/**
 * Drives an elementwise core. Isolated: a beat per cycle and then `latency` cycles with the inputs held are counted, from
 * the cycle that presents the first beat to the one that shows the last result. Streaming: the cycles in which a vector's results
 * come out, with vectors before and after it.
 */
export function driveElementwise(batch: Batch): Stimulus {
  const { entry, vectors, pace } = batch;
  const { latency } = entry;
  const writer = new StimulusWriter(batch);
  const biases = entry.ports.some((port) => port.name === "bias_i") ? vectors.biases : undefined;
  const operands = (beat: number, after: number): void => {
    present(writer, "score_i", vectors.scores, batch, beat, after);
    if (biases !== undefined) present(writer, "bias_i", biases, batch, beat, after);
  };
  const run = (after: number, isCounted: (beat: number) => boolean, beats = beatsOf(entry)): void => {
    writer.set("in_valid_i", 1);
    for (let beat = 0; beat < beats; beat++) {
      operands(beat, after);
      writer.cycle(isCounted(beat));
    }
  };
  const drain = (counted: boolean): void => {
    writer.set("in_valid_i", 0);
    for (let cycle = 0; cycle < latency; cycle++) writer.cycle(counted);
  };
  operands(0, -1);
  reset(writer);
  run(-1, () => false);
  if (pace === "isolated") {
    drain(false);
    run(0, () => true);
    drain(true);
  } else {
    run(0, (beat) => beat >= latency);
    run(1, () => true, latency);
  }
  return writer.finish();
}
