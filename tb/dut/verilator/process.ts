import { SimulatorChild } from "../child/child.ts";
import type { TraceFormat } from "./trace-format.ts";

/** The operations of `shim.cpp`. */
export const operation = { quit: 0, settle: 1, tick: 2, stream: 3, bareLoop: 4, sweep: 5 } as const;
export type Operation = (typeof operation)[keyof typeof operation];

export interface Answer {
  readonly cyclesDone: number;
  /** Why the design or the runtime stopped the simulation, if it did, and what it printed. */
  readonly stopped: "stopped" | "fatal" | undefined;
  readonly message: string;
}

/** Where a waveform goes, and which cycles (both bounds included) it holds. */
export interface Waveform {
  readonly path: string;
  /** That of the build. */
  readonly format: TraceFormat;
  readonly firstCycle: number;
  readonly lastCycle: number;
}

export interface ProcessOptions {
  readonly title: string;
  readonly program: string;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly batchCycles: number;
  /** Seeds the values that registers have before reset. */
  readonly seed: number;
  readonly waveform: Waveform | undefined;
  /** The longest wait for one answer, in milliseconds. */
  readonly timeLimitMs: number;
}

const headerBytes = 16;
const statuses = [undefined, "stopped", "fatal"] as const;
/** A running simulator: requests out, answers in. Nothing here knows what a port is. */
export class SimulatorProcess {
  /** After the header: one input frame. */
  readonly inputs: DataView;
  /** Of the latest answer: the output frame before the edge, then the one after it. */
  readonly outputs: DataView;
  /** The bytes of `inputs`, and of the output frame before the edge. */
  readonly inputFrame: Uint8Array;
  readonly sampledFrame: Uint8Array;
  private readonly request: Uint8Array;
  private readonly requestHeader: DataView;
  private readonly response: Uint8Array;
  private readonly responseHeader: DataView;

  private constructor(
    readonly options: ProcessOptions,
    private readonly child: SimulatorChild,
  ) {
    this.request = new Uint8Array(headerBytes + options.inputBytes);
    this.requestHeader = new DataView(this.request.buffer);
    this.inputs = new DataView(this.request.buffer, headerBytes);
    this.response = new Uint8Array(headerBytes + 2 * options.outputBytes);
    this.responseHeader = new DataView(this.response.buffer);
    this.outputs = new DataView(this.response.buffer, headerBytes);
    this.inputFrame = this.request.subarray(headerBytes);
    this.sampledFrame = this.response.subarray(headerBytes, headerBytes + options.outputBytes);
  }

  static async start(options: ProcessOptions): Promise<SimulatorProcess> {
    const { batchCycles, inputBytes, outputBytes, title, program, timeLimitMs, seed, waveform } = options;
    const recording =
      waveform === undefined ? [] : [waveform.path, String(waveform.firstCycle), String(waveform.lastCycle)];
    const child = await SimulatorChild.start({
      title,
      program,
      args: ({ requests, responses, shared }) => [
        ...[requests, responses, shared, String(batchCycles), String(seed)],
        ...recording,
      ],
      sharedBytes: 2 * batchCycles * (inputBytes + outputBytes),
      greetingBytes: headerBytes,
      timeLimitMs,
    });
    return new SimulatorProcess(options, child);
  }

  /** The process that simulates; for tests that kill it. */
  get processId(): number {
    return this.child.processId;
  }

  send(op: Operation, slot = 0, cycles = 0): void {
    this.requestHeader.setUint32(0, op, true);
    this.requestHeader.setUint32(4, slot, true);
    this.requestHeader.setUint32(8, cycles, true);
    this.child.send(this.request);
  }

  /** Waits for the answer to the oldest request that has none. */
  wait(cycle: number): Answer {
    if (!this.child.receive(this.response)) throw this.child.lost(cycle);
    const messageBytes = this.responseHeader.getUint32(4, true);
    const message = new Uint8Array(messageBytes);
    if (messageBytes > 0 && !this.child.receive(message)) throw this.child.lost(cycle);
    return {
      stopped: statuses[this.responseHeader.getUint32(0, true)],
      cyclesDone: this.responseHeader.getUint32(8, true),
      message: messageBytes === 0 ? "" : new TextDecoder().decode(message).trim(),
    };
  }

  writeInputs(slot: number, frames: Uint8Array): void {
    this.child.writeShared(frames, slot * this.options.batchCycles * this.options.inputBytes);
  }

  readOutputs(slot: number, frames: Uint8Array): void {
    const { batchCycles, inputBytes, outputBytes } = this.options;
    this.child.readShared(frames, batchCycles * (2 * inputBytes + slot * outputBytes));
  }

  async close(): Promise<void> {
    this.requestHeader.setUint32(0, operation.quit, true);
    await this.child.close(this.request);
  }
}
