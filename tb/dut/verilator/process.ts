import { SimulatorError } from "../dut.ts";
import { SimulatorChild } from "../child/child.ts";
import { isWholeFst } from "./fst-file.ts";
import {
  greetingFault,
  headerBytes,
  operation,
  readAnswer,
  writeRequest,
  type Operation,
  type Status,
} from "./protocol.ts";
import type { TraceFormat } from "./trace-format.ts";

export interface Answer {
  /** Other than `ok`: why the design, the runtime or the recording ended the simulation. */
  readonly status: Status;
  readonly cyclesDone: number;
  /** What was printed meanwhile. */
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
  /** Where the counts of a `coverage` build go when it is closed; not together with a waveform. */
  readonly coverage: string | undefined;
  /** The longest wait for one answer, in milliseconds. */
  readonly timeLimitMs: number;
}

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
  /** The cycles asked for by each request that has no answer yet, the oldest first. */
  private readonly asked: number[] = [];

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

  /** @throws SimulatorError where the program does not start, or greets as another design's simulator */
  static async start(options: ProcessOptions): Promise<SimulatorProcess> {
    const { batchCycles, inputBytes, outputBytes, title, program, timeLimitMs, seed } = options;
    const child = await SimulatorChild.start({
      title,
      program,
      artifact: program,
      args: ({ requests, responses, shared }) => [
        ...[requests, responses, shared, String(batchCycles), String(seed)],
        ...recordingArgs(options),
      ],
      sharedBytes: 2 * batchCycles * (inputBytes + outputBytes),
      greetingBytes: headerBytes,
      greetingFault: (greeting) => greetingFault(new DataView(greeting.buffer), inputBytes, outputBytes),
      timeLimitMs,
      again: again(options.waveform),
    });
    return new SimulatorProcess(options, child);
  }

  /** The process that simulates; for tests that kill it. */
  get processId(): number {
    return this.child.processId;
  }

  /** Sends a request for so many cycles (0 where none is simulated); `wait` returns its answer. */
  send(op: Operation, slot: number, cycles: number): void {
    this.asked.push(cycles);
    writeRequest(this.requestHeader, op, slot, cycles);
    this.child.send(this.request);
  }

  /**
   * Waits for the answer to the oldest request that has none.
   * @throws SimulatorError where none comes, or one that cannot be: fewer cycles than were asked for, an unknown status
   */
  wait(cycle: number): Answer {
    const asked = this.asked.shift() ?? 0;
    if (!this.child.receive(this.response)) throw this.child.lost(cycle);
    const header = readAnswer(this.responseHeader, asked);
    if (header.status === "garbled") throw this.child.garbled(cycle, header.what);
    const { status, cyclesDone, messageBytes } = header;
    if (messageBytes === 0) return { status, cyclesDone, message: "" };
    const message = new Uint8Array(messageBytes);
    if (!this.child.receive(message)) throw this.child.lost(cycle);
    if (status === "unrecorded") this.child.excuse();
    return { status, cyclesDone, message: new TextDecoder().decode(message).trim() };
  }

  writeInputs(slot: number, frames: Uint8Array): void {
    this.child.writeShared(frames, slot * this.options.batchCycles * this.options.inputBytes);
  }

  readOutputs(slot: number, frames: Uint8Array): void {
    const { batchCycles, inputBytes, outputBytes } = this.options;
    this.child.readShared(frames, batchCycles * (2 * inputBytes + slot * outputBytes));
  }

  /**
   * Ends the simulator.
   * @throws SimulatorError where it ends badly and nothing else was wrong: what it writes last, a waveform, may not be whole
   */
  async close(): Promise<void> {
    if (this.asked.length > 0) this.child.excuse();
    writeRequest(this.requestHeader, operation.quit, 0, 0);
    const endedWell = await this.child.close(this.request);
    const { title, waveform } = this.options;
    if (!endedWell || waveform?.format !== "fst" || isWholeFst(waveform.path)) return;
    throw new SimulatorError("unrecorded", `${title} could not write all of its waveform; ${again(waveform)}`, 0);
  }
}

/** What to do where the simulator, or its recorder, ended in the middle: on a full disk it is killed where it maps a file. */
function again(waveform: Waveform | undefined): string {
  const first = waveform === undefined ? "" : `make sure that there is room for ${waveform.path}, and `;
  return `${first}run it again`;
}

/** What a simulator is told to leave behind. */
function recordingArgs({ waveform, coverage }: ProcessOptions): string[] {
  if (waveform !== undefined) return [waveform.path, String(waveform.firstCycle), String(waveform.lastCycle)];
  return coverage === undefined ? [] : [coverage];
}
