import { invariant } from "../../gen/host/user-error.ts";
import { beatsOf, present, reset, type Batch } from "./batch.ts";
import { StimulusWriter, type Stimulus } from "./stimulus.ts";
import { vectorElements } from "./vectors.ts";

/**
 * Drives the softmax core, a vector as a row. The manifest says how long each pass takes, so that pass 2 presents its first
 * beat in the cycle in which norm_ready_o has risen.
 *
 * Isolated: pass 1 alone, then pass 2 alone, the inputs of the other held. Counted are the cycles of both as the manifest has
 * them, each from the edge that takes its first beat; the cycle before that edge, in which the beat is presented, is not.
 * Streaming: rows back to back; counted are the cycles in which pass 2 takes one row while pass 1 takes another.
 */
export function driveSoftmax(batch: Batch): Stimulus {
  const driver = new SoftmaxDriver(batch);
  return batch.pace === "isolated" ? driver.isolated() : driver.streaming();
}

type Pass = "stat" | "norm";

class SoftmaxDriver {
  private readonly writer: StimulusWriter;
  private readonly beats: number;
  private readonly statistics: number;
  private readonly normalise: number;

  constructor(private readonly batch: Batch) {
    const [statistics, normalise] = batch.entry.passes;
    invariant(statistics !== undefined && normalise !== undefined, `${batch.entry.name} has two passes`);
    [this.statistics, this.normalise] = [statistics, normalise];
    this.beats = beatsOf(batch.entry);
    this.writer = new StimulusWriter(batch, [
      ["stat_valid_i", "stat_ready_o"],
      ["norm_valid_i", "norm_ready_o"],
    ]);
  }

  isolated(): Stimulus {
    const { writer } = this;
    this.start();
    for (const [after, counted] of [[-1, false] as const, [0, true] as const]) {
      this.pass("stat", after, this.statistics, counted);
      this.pass("norm", after, this.normalise, counted);
    }
    writer.cycle(false); // Shows the last probability.
    return writer.finish();
  }

  /** All beats of a pass and the cycles until it is done: its first cycle belongs to what was before the first edge. */
  private pass(pass: Pass, after: number, more: number, counted: boolean): void {
    const { writer, beats } = this;
    for (let beat = 0; beat < beats; beat++) {
      this.present(pass, beat, after);
      writer.cycle(counted && beat > 0);
    }
    writer.set(`${pass}_valid_i`, 0);
    for (let cycle = 0; cycle <= more; cycle++) writer.cycle(counted);
  }

  streaming(): Stimulus {
    const { writer, beats } = this;
    // Pass 2 of a row starts that many cycles after its pass 1 did.
    const lag = beats + this.statistics + 1;
    const countedFrom = beats + lag;
    this.start();
    for (let cycle = 0; cycle <= countedFrom + beats; cycle++) {
      this.present("stat", cycle % beats, Math.floor(cycle / beats) - 1);
      if (cycle >= lag) this.present("norm", (cycle - lag) % beats, Math.floor((cycle - lag) / beats) - 1);
      writer.cycle(cycle > countedFrom && cycle <= countedFrom + beats);
    }
    return writer.finish();
  }

  private start(): void {
    this.present("stat", 0, -1);
    this.present("norm", 0, -1);
    this.writer.set("stat_valid_i", 0);
    this.writer.set("norm_valid_i", 0);
    reset(this.writer);
  }

  private present(pass: Pass, beat: number, after: number): void {
    const { writer, batch, beats } = this;
    const { lanes } = batch.entry.spec;
    present(writer, `${pass}_score_i`, batch.vectors.scores, batch, beat, after);
    for (let run = 0; run < batch.count; run++) {
      const kept = Math.min(lanes, vectorElements - beat * lanes);
      writer.setBits(`${pass}_keep_i`, 0, lanes, run, 2 ** kept - 1);
    }
    writer.set(`${pass}_valid_i`, 1);
    writer.set(`${pass}_last_i`, beat === beats - 1 ? 1 : 0);
  }
}
