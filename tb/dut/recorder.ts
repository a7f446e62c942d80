import type { PortEntry } from "../../gen/manifest.ts";
import { DecoratedDut } from "./decorated.ts";
import type { Dut, StreamJob } from "./dut.ts";
import { readField, type FrameLayout } from "./frame.ts";

/** Some cycles in a row: of each port but the clock, a value per cycle, as the cycle's rising edge saw it. */
export interface Trace {
  readonly clock: string;
  readonly firstCycle: number;
  readonly cycles: number;
  readonly signals: readonly { readonly port: PortEntry; readonly values: readonly bigint[] }[];
}

/** Frames of a batch of a stream, while they are judged. */
interface Batch {
  readonly inputs: Uint8Array;
  readonly outputs: Uint8Array;
  readonly firstCycle: number;
}

/**
 * A design whose latest cycles are remembered: the same `Dut` with a `trace`. It copies frames as they are, two short copies
 * per cycle of `tick` and per batch of `stream`, so that every check can afford it.
 */
export class Recorder extends DecoratedDut {
  private readonly ring: Batch;
  private batch: Batch | undefined;
  /** Cycles recorded so far, and those that the ring holds at most. */
  private recorded = 0;
  private kept: Trace | undefined;

  constructor(
    dut: Dut,
    private readonly depth: number,
    /** Told after each `tick` that came to an end. */
    private readonly onTick: (dut: Dut) => void = () => undefined,
  ) {
    super(dut);
    const frames = (layout: FrameLayout): Uint8Array => new Uint8Array(depth * layout.bytes);
    this.ring = { inputs: frames(dut.inputLayout), outputs: frames(dut.outputLayout), firstCycle: 0 };
  }

  /** The cycles that `keep` kept, or else the latest. */
  get trace(): Trace {
    return this.kept ?? this.upTo(this.recorded - 1);
  }

  /** Keeps what led to a cycle, if it is one of the latest or of the batch that is being judged; the first call counts. */
  keep(lastCycle: number): void {
    this.kept ??= this.upTo(lastCycle);
  }

  /** A cycle in which the design stops itself is recorded too. */
  override tick(): void {
    try {
      this.dut.tick();
    } finally {
      const slot = this.recorded % this.depth;
      const [inputs, outputs] = [slot * this.inputLayout.bytes, slot * this.outputLayout.bytes];
      this.dut.copyEdge(this.ring.inputs.subarray(inputs), this.ring.outputs.subarray(outputs));
      this.recorded++;
    }
    this.onTick(this.dut);
  }

  override stream(job: StreamJob): Promise<void> {
    const started = this.recorded;
    return this.dut.stream({
      fill: (inputs, batchCycles) => job.fill(inputs, batchCycles),
      take: (outputs, inputs, cycles, firstCycle) => {
        this.batch = { inputs, outputs, firstCycle: started + firstCycle };
        this.recorded += cycles;
        job.take(outputs, inputs, cycles, firstCycle);
        this.rememberBatch(this.batch, cycles);
        this.batch = undefined;
      },
    });
  }

  private rememberBatch(batch: Batch, cycles: number): void {
    for (let at = Math.max(cycles - this.depth, 0); at < cycles; at++) {
      const slot = (batch.firstCycle + at) % this.depth;
      for (const [direction, { bytes }] of [
        ["inputs", this.inputLayout],
        ["outputs", this.outputLayout],
      ] as const) {
        this.ring[direction].set(batch[direction].subarray(at * bytes, (at + 1) * bytes), slot * bytes);
      }
    }
  }

  private upTo(lastCycle: number): Trace {
    const end = Math.min(lastCycle + 1, this.recorded);
    const cycles = Math.min(this.depth, end);
    const firstCycle = end - cycles;
    const { clock, all } = this.ports;
    const signals = all
      .filter(({ name }) => name !== clock)
      .map((port) => ({
        port,
        values: Array.from({ length: cycles }, (_, index) => this.valueAt(port, firstCycle + index)),
      }));
    return { clock, firstCycle, cycles, signals };
  }

  private valueAt({ name, direction }: PortEntry, cycle: number): bigint {
    const { batch } = this;
    const [frames, index] =
      batch !== undefined && cycle >= batch.firstCycle
        ? [batch, cycle - batch.firstCycle]
        : [this.ring, cycle % this.depth];
    const [bytes, layout] =
      direction === "input" ? [frames.inputs, this.inputLayout] : [frames.outputs, this.outputLayout];
    const field = layout.fields.get(name);
    if (field === undefined) throw new Error(`${this.title}: no frame holds ${name}`);
    return readField(new DataView(bytes.buffer, bytes.byteOffset), index * layout.bytes, field);
  }
}
