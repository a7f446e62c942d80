import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { SimulatorError, type Dut, type DutPorts, type StreamJob } from "../dut.ts";
import { fieldOf, frameLayout, readField, writeField, type FrameLayout } from "../frame.ts";
import { drivenInputs, outputs, portsOf } from "../ports.ts";
import { SimulatorProcess, type Answer, type Waveform } from "./process.ts";
import { operation, type Operation } from "./protocol.ts";

export interface VerilatorOptions {
  /** The program that `buildSimulator` made for this entry. */
  readonly program: string;
  /** The longest wait for one answer, in milliseconds. */
  readonly timeLimitMs: number;
  /** Seeds the values that registers have before reset. */
  readonly seed?: number;
  /** A waveform to record; the program must be a build of its format. */
  readonly waveform?: Waveform;
  /** The file that holds the counts of a `coverage` build once it is closed. */
  readonly coverage?: string;
  /** Frames per batch of a stream; the default suits the processor's caches. */
  readonly batchCycles?: number;
}

/** 4096 frames of an 8-lane core are about 300 kB: measured best between 1,024 and 16,384. */
const defaultBatchCycles = 4096;

/** What `sweep` asks for and hands over, batch by batch. */
export interface SweepJob {
  /** Sets the inputs of the next batch; false where there is none. */
  begin(): boolean;
  /** The outputs of the oldest batch that is not judged yet: what the rising edge of each cycle saw. */
  take(outputs: Uint8Array): void;
}

/** Starts the Verilated design. Close it when done. */
export async function openVerilator(entry: ModuleEntry, options: VerilatorOptions): Promise<VerilatorDut> {
  const ports = portsOf(entry);
  const title = `${entry.name} in Verilator`;
  const inputLayout = frameLayout(drivenInputs(ports));
  const outputLayout = frameLayout(outputs(ports));
  const child = await SimulatorProcess.start({
    title,
    program: options.program,
    inputBytes: inputLayout.bytes,
    outputBytes: outputLayout.bytes,
    batchCycles: options.batchCycles ?? defaultBatchCycles,
    seed: options.seed ?? 1,
    waveform: options.waveform,
    coverage: options.coverage,
    timeLimitMs: options.timeLimitMs,
  });
  return new VerilatorDut(title, ports, inputLayout, outputLayout, child);
}

export class VerilatorDut implements Dut {
  private edges = 0;
  private stale = true;
  private sampledValid = false;

  constructor(
    readonly title: string,
    readonly ports: DutPorts,
    readonly inputLayout: FrameLayout,
    readonly outputLayout: FrameLayout,
    private readonly child: SimulatorProcess,
  ) {}

  get cycle(): number {
    return this.edges;
  }

  get processId(): number {
    return this.child.processId;
  }

  set(port: string, value: bigint): void {
    writeField(this.child.inputs, 0, fieldOf(this.inputLayout, port, this.title), value);
    this.stale = true;
  }

  get(port: string): bigint {
    const input = this.inputLayout.fields.get(port);
    if (input !== undefined) return readField(this.child.inputs, 0, input);
    const output = fieldOf(this.outputLayout, port, this.title);
    if (this.stale) {
      this.ask(operation.settle, 0);
      this.stale = false;
      this.sampledValid = false;
    }
    return readField(this.child.outputs, this.outputLayout.bytes, output);
  }

  sampled(port: string): bigint {
    if (!this.sampledValid) throw new Error(`${this.title}: sampled("${port}") is known only after tick()`);
    return readField(this.child.outputs, 0, fieldOf(this.outputLayout, port, this.title));
  }

  tick(): void {
    const answer = this.ask(operation.tick, 1);
    this.edges += answer.cyclesDone;
    this.stale = false;
    this.sampledValid = true;
  }

  copyEdge(inputs: Uint8Array, outputs: Uint8Array): void {
    inputs.set(this.child.inputFrame);
    outputs.set(this.child.sampledFrame);
  }

  async stream(job: StreamJob): Promise<void> {
    const { batchCycles } = this.child.options;
    const slots = [0, 1].map(() => ({
      inputs: new Uint8Array(batchCycles * this.inputLayout.bytes),
      outputs: new Uint8Array(batchCycles * this.outputLayout.bytes),
    }));
    this.stale = true;
    this.sampledValid = false;
    let done = 0;
    let pending: { readonly slot: number; readonly cycles: number } | undefined;
    for (let slot = 0; ; slot = 1 - slot) {
      const frames = slots[slot];
      if (frames === undefined) throw new Error("unreachable");
      const cycles = job.fill(frames.inputs, batchCycles);
      if (cycles > 0) {
        this.child.writeInputs(slot, frames.inputs.subarray(0, cycles * this.inputLayout.bytes));
        this.child.send(operation.stream, slot, cycles);
      }
      // The simulator is busy with this batch, or with the one before it, while we judge the one before.
      const judged = pending === undefined ? undefined : slots[pending.slot];
      if (pending !== undefined && judged !== undefined) {
        const answer = this.child.wait(this.edges);
        this.edges += answer.cyclesDone;
        this.child.readOutputs(pending.slot, judged.outputs.subarray(0, answer.cyclesDone * this.outputLayout.bytes));
        job.take(judged.outputs, judged.inputs, answer.cyclesDone, done);
        this.raise(answer);
        done += answer.cyclesDone;
      }
      pending = cycles > 0 ? { slot, cycles } : undefined;
      if (pending === undefined) return;
      await yieldToEvents();
    }
  }

  /**
   * Many batches of cycles with hardly any inputs to transfer: cycle c of each gets frame c of `table`, ORed with the inputs
   * as they were set when the batch began. Two batches are under way, so that both sides work.
   */
  async sweep(table: Uint8Array, job: SweepJob): Promise<void> {
    const cycles = table.length / this.inputLayout.bytes;
    const { batchCycles } = this.child.options;
    if (cycles > batchCycles)
      throw new Error(`${this.title}: a table of ${cycles} frames in batches of ${batchCycles}`);
    const outputs = new Uint8Array(cycles * this.outputLayout.bytes);
    this.stale = true;
    this.sampledValid = false;
    this.child.writeInputs(0, table);
    let [begun, ended] = [0, 0];
    for (let more = true; more || ended < begun;) {
      more = more && job.begin();
      if (more) this.child.send(operation.sweep, begun++ % 2, cycles);
      if (begun - ended === 2 || (!more && ended < begun)) {
        const answer = this.child.wait(this.edges);
        this.edges += answer.cyclesDone;
        this.raise(answer);
        this.child.readOutputs(ended++ % 2, outputs);
        job.take(outputs);
      }
      await yieldToEvents();
    }
  }

  /** Simulates without us: what the same Verilated model does alone. Returns the seconds it took. */
  bareLoop(cycles: number): number {
    const started = performance.now();
    this.child.send(operation.bareLoop, 0, cycles);
    this.raise(this.child.wait(this.edges));
    return (performance.now() - started) / 1000;
  }

  async close(): Promise<void> {
    await this.child.close();
  }

  private ask(op: Operation, cycles: number): Answer {
    this.child.send(op, 0, cycles);
    const answer = this.child.wait(this.edges);
    this.raise(answer);
    return answer;
  }

  private raise(answer: Answer): void {
    const { status, message } = answer;
    if (status === "ok") return;
    const cycle = this.edges;
    const [said = "no message"] = message.split("\n");
    const sentence =
      status === "unrecorded"
        ? `${this.title} cannot write its waveform ${this.child.options.waveform?.path ?? ""} at cycle ${cycle}: ${said}; free some space`
        : `${this.title} stopped itself at cycle ${cycle}: ${said}`;
    throw new SimulatorError(status, sentence, cycle, message);
  }
}
