import { UserError } from "../../gen/host/user-error.ts";
import type { PortEntry } from "../../gen/manifest.ts";
import type { FrameLayout } from "./frame.ts";

/** What a test bench may know of a design: its ports, and which of them are the clock and the reset. */
export interface DutPorts {
  readonly all: readonly PortEntry[];
  /** The clock's name; it is driven by `tick` and can be neither set nor read. */
  readonly clock: string;
  /** The name of the active-low asynchronous reset. */
  readonly reset: string;
}

/** A batch of cycles: one frame (a fixed-size record of all ports of one direction) per cycle. */
export interface StreamJob {
  /**
   * Writes the inputs of the next cycles into `inputs`, a buffer of `batchCycles` input frames.
   * Returns how many cycles it wrote; 0 ends the job. A frame keeps what was written to it two batches ago.
   */
  fill(inputs: Uint8Array, batchCycles: number): number;
  /**
   * Judges a batch: `outputs` holds, per cycle, what the rising edge saw (the clock low and the inputs applied).
   * `firstCycle` is the number of cycles of this job before the batch.
   */
  take(outputs: Uint8Array, inputs: Uint8Array, cycles: number, firstCycle: number): void;
}

/**
 * A design under test. Three implementations: Verilator and Icarus (child processes), and the IR's interpreter.
 *
 * A cycle has two halves. With the clock low the inputs are applied and the logic settles: this is what the rising
 * edge sees, and `sampled` returns it. Then the clock rises and the registers change: `get` returns what follows.
 * Combinational designs have no registers; for them both are the same.
 */
export interface Dut {
  /** What this is, in messages: `flare_bf16_x8 in Verilator`. */
  readonly title: string;
  readonly ports: DutPorts;
  readonly inputLayout: FrameLayout;
  readonly outputLayout: FrameLayout;
  /** Rising edges so far. */
  readonly cycle: number;
  /** Sets an input port; it takes effect when the outputs are next read, or at the next edge. */
  set(port: string, value: bigint): void;
  /** An output port as it is now, with the inputs that were set; or an input port as it was set. */
  get(port: string): bigint;
  /** An output port as the latest rising edge saw it. */
  sampled(port: string): bigint;
  /** One clock cycle: settle, sample, rising edge. */
  tick(): void;
  /**
   * Copies the latest `tick`'s frames, the inputs and the outputs as the rising edge saw them. To be called right after it: what
   * is set later may show.
   */
  copyEdge(inputs: Uint8Array, outputs: Uint8Array): void;
  /** Many cycles at full speed; the clock keeps running on from where `tick` left it. */
  stream(job: StreamJob): Promise<void>;
  close(): Promise<void>;
}

/** How a simulation came to an end that nobody asked for. */
export type SimulatorFailure = "stopped" | "fatal" | "died" | "hung" | "start" | "garbled" | "unrecorded";

/**
 * Only the first two speak of the design; after any of the others nothing is known of it.
 *
 * - `stopped`: the design stopped itself ($error, $fatal, $finish, a failed assertion); `detail` is what it printed;
 * - `fatal`: the simulator's runtime gave up (for example combinational logic that does not settle);
 * - `died`: the simulator's process ended or was killed;
 * - `hung`: it gave no answer within its time limit and was killed;
 * - `start`: it did not start, or is not this design's simulator;
 * - `garbled`: what it answered is no answer;
 * - `unrecorded`: its waveform could not be written.
 */
export class SimulatorError extends UserError {
  override readonly name = "SimulatorError";
  constructor(
    readonly failure: SimulatorFailure,
    sentence: string,
    /** Rising edges completed when it happened. */
    readonly cycle: number,
    readonly detail = "",
  ) {
    super(sentence);
  }

  /** Whether it is the design that failed, and not the simulator or what is around it. */
  get isOfTheDesign(): boolean {
    return this.failure === "stopped" || this.failure === "fatal";
  }
}
