import { dirname } from "node:path";
import { killGroup, run, type RunResult } from "../../../gen/host/run.ts";
import { timeLimit } from "../../../gen/host/time-limit.ts";
import { howItEnded } from "../../../gen/host/tool.ts";
import { SimulatorError } from "../dut.ts";
import { openChannel, type Channel } from "./channel.ts";
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
import { watch, type Watch } from "./watchdog.ts";

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
  /** The longest wait for one answer, in milliseconds. */
  readonly timeLimitMs: number;
}

/** A simulator as a whole may live this long: only its answers have a short limit. */
const lifeTimeMs = 24 * 3600 * 1000;

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
  private closed = false;
  private broken = false;

  private constructor(
    readonly options: ProcessOptions,
    private readonly channel: Channel,
    private readonly watch: Watch,
    private readonly ended: Promise<RunResult>,
    private readonly pid: number,
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
    const { batchCycles, inputBytes, outputBytes, program, title, timeLimitMs } = options;
    const channel = await openChannel(2 * batchCycles * (inputBytes + outputBytes));
    let pid = 0;
    let result: RunResult | undefined;
    const args = [channel.requests, channel.responses, channel.shared, String(batchCycles), String(options.seed)];
    const { waveform } = options;
    if (waveform !== undefined) args.push(waveform.path, String(waveform.firstCycle), String(waveform.lastCycle));
    const ended = run(program, args, { timeoutMs: lifeTimeMs, onStart: (id) => (pid = id) });
    void ended.then((it) => (result = it));
    const greeting = new Uint8Array(headerBytes);
    const connected = await channel.connect(greeting, timeLimitMs, () => result !== undefined);
    const fault = greetingFault(new DataView(greeting.buffer), inputBytes, outputBytes);
    if (connected === "connected" && fault === undefined) {
      return new SimulatorProcess(options, channel, watch(pid, timeLimitMs), ended, pid);
    }
    channel.close();
    killGroup(pid);
    const refusal = (sentence: string): SimulatorError =>
      new SimulatorError("start", `${sentence}; remove ${dirname(program)} and run it again`, 0);
    switch (connected) {
      case "connected":
        throw refusal(`${program} is no simulator of ${title}: ${fault}`);
      case "late":
        throw new SimulatorError(
          "hung",
          `the simulator of ${title} did not answer within ${seconds(timeLimitMs)} and was killed; give it more time with --time-limit`,
          0,
        );
      case "ended":
        throw refusal(`the simulator of ${title} ${lastWords(await ended, "before it was ready")}`);
      default:
        return connected satisfies never;
    }
  }

  /** The process that simulates; for tests that kill it. */
  get processId(): number {
    return this.pid;
  }

  /** Sends a request for so many cycles (0 where none is simulated); `wait` returns its answer. */
  send(op: Operation, slot: number, cycles: number): void {
    this.asked.push(cycles);
    this.write(op, slot, cycles);
  }

  /**
   * Waits for the answer to the oldest request that has none.
   * @throws SimulatorError where none comes, or one that cannot be: fewer cycles than were asked for, an unknown status
   */
  wait(cycle: number): Answer {
    this.watch.begin();
    try {
      const asked = this.asked.shift() ?? 0;
      if (!this.channel.receive(this.response)) throw this.lost(cycle);
      const header = readAnswer(this.responseHeader, asked);
      if (header.status === "garbled") throw this.garbled(cycle, header.what);
      const message = new Uint8Array(header.messageBytes);
      if (!this.channel.receive(message)) throw this.lost(cycle);
      if (header.status === "unrecorded") this.broken = true;
      const { status, cyclesDone } = header;
      return { status, cyclesDone, message: message.length === 0 ? "" : new TextDecoder().decode(message).trim() };
    } finally {
      this.watch.end();
    }
  }

  writeInputs(slot: number, frames: Uint8Array): void {
    this.channel.writeShared(frames, slot * this.options.batchCycles * this.options.inputBytes);
  }

  readOutputs(slot: number, frames: Uint8Array): void {
    const { batchCycles, inputBytes, outputBytes } = this.options;
    this.channel.readShared(frames, batchCycles * (2 * inputBytes + slot * outputBytes));
  }

  /**
   * Ends the simulator.
   * @throws SimulatorError where it ends badly and nothing else was wrong: what it writes last, a waveform, may not be whole
   */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const { title, timeLimitMs, waveform } = this.options;
    const mustEndWell = !this.broken && this.asked.length === 0;
    this.write(operation.quit, 0, 0);
    this.channel.close();
    let impatient = false;
    const inTime = timeLimit(timeLimitMs, () => {
      impatient = true;
      killGroup(this.pid);
    });
    const result = await this.ended;
    inTime();
    this.watch.release();
    if (!mustEndWell) return;
    if (result.status === "ok") {
      if (waveform === undefined || waveform.format !== "fst" || isWholeFst(waveform.path)) return;
      throw new SimulatorError("unrecorded", `${title} could not write all of its waveform; ${this.again}`, 0);
    }
    const how = (impatient as boolean)
      ? `did not end within ${seconds(timeLimitMs)} when it was closed, and was killed`
      : lastWords(result, "when it was closed");
    throw new SimulatorError("died", `the simulator of ${title} ${how}; ${this.again}`, 0);
  }

  /** What to do where the simulator, or its recorder, ended in the middle: on a full disk it is killed where it maps a file. */
  private get again(): string {
    const { waveform } = this.options;
    const first = waveform === undefined ? "" : `make sure that there is room for ${waveform.path}, and `;
    return `${first}run it again`;
  }

  private write(op: Operation, slot: number, cycles: number): void {
    writeRequest(this.requestHeader, op, slot, cycles);
    try {
      this.channel.send(this.request);
    } catch {
      // The pipe is broken: waiting for the answer says why.
    }
  }

  /** Ends a simulator of which nothing counts any more. */
  private abandon(): void {
    this.broken = true;
    killGroup(this.pid);
  }

  private garbled(cycle: number, what: string): SimulatorError {
    this.abandon();
    const { title, program } = this.options;
    const sentence = `the simulator of ${title} gave an answer at cycle ${cycle} that is none (${what})`;
    return new SimulatorError("garbled", `${sentence}; remove ${dirname(program)} and run it again`, cycle);
  }

  private lost(cycle: number): SimulatorError {
    this.abandon();
    const { title, timeLimitMs } = this.options;
    return this.watch.expired
      ? new SimulatorError(
          "hung",
          `the simulator of ${title} gave no answer within ${seconds(timeLimitMs)} at cycle ${cycle} and was killed; give it more time with --time-limit`,
          cycle,
        )
      : new SimulatorError(
          "died",
          `the simulator of ${title} died at cycle ${cycle} (crashed, or killed from outside); ${this.again}`,
          cycle,
        );
  }
}

/** How a simulator ended, when, and what it said, on one line. */
function lastWords(result: RunResult, when: string): string {
  const said = result.stderr.trim().replaceAll(/\s*\n\s*/g, " ");
  return `${howItEnded(result)} ${when}${said === "" ? "" : `: ${said}`}`;
}

function seconds(timeMs: number): string {
  return `${(timeMs / 1000).toFixed(1)} s`;
}
