import { run, type RunResult } from "../../../gen/host/run.ts";
import { howItEnded } from "../../../gen/host/tool.ts";
import { SimulatorError } from "../dut.ts";
import { openChannel, type Channel } from "./channel.ts";
import type { TraceFormat } from "./trace-format.ts";
import { watch, type Watch } from "./watchdog.ts";

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
  /** Where the counts of a `coverage` build go when it is closed; not together with a waveform. */
  readonly coverage: string | undefined;
  /** The longest wait for one answer, in milliseconds. */
  readonly timeLimitMs: number;
}

const headerBytes = 16;
const statuses = [undefined, "stopped", "fatal"] as const;
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
  private closed = false;

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

  static async start(options: ProcessOptions): Promise<SimulatorProcess> {
    const { batchCycles, inputBytes, outputBytes, title, timeLimitMs } = options;
    const channel = await openChannel(2 * batchCycles * (inputBytes + outputBytes));
    let pid = 0;
    let result: RunResult | undefined;
    const args = [channel.requests, channel.responses, channel.shared, String(batchCycles), String(options.seed)];
    const { waveform, coverage } = options;
    if (waveform !== undefined) args.push(waveform.path, String(waveform.firstCycle), String(waveform.lastCycle));
    else if (coverage !== undefined) args.push(coverage);
    const ended = run(options.program, args, {
      timeoutMs: lifeTimeMs,
      onStart: (id) => (pid = id),
    });
    void ended.then((it) => (result = it));
    const connected = await channel.connect(headerBytes, timeLimitMs, () => result !== undefined);
    if (connected === "connected") return new SimulatorProcess(options, channel, watch(pid, timeLimitMs), ended, pid);
    channel.close();
    if (connected === "late") {
      killGroup(pid);
      const limit = `${(timeLimitMs / 1000).toFixed(1)} s`;
      throw new SimulatorError(
        "hung",
        `the simulator of ${title} did not answer within ${limit} and was killed; give it more time with --time-limit`,
        0,
      );
    }
    const { status, stderr } = await ended;
    const how = status === "missing" ? "could not be started" : howItEnded(await ended);
    throw new SimulatorError("start", `the simulator of ${title} ${how} before it was ready: ${stderr.trim()}`, 0);
  }

  /** The process that simulates; for tests that kill it. */
  get processId(): number {
    return this.pid;
  }

  send(op: Operation, slot = 0, cycles = 0): void {
    this.requestHeader.setUint32(0, op, true);
    this.requestHeader.setUint32(4, slot, true);
    this.requestHeader.setUint32(8, cycles, true);
    try {
      this.channel.send(this.request);
    } catch {
      // The pipe is broken: waiting for the answer says why.
    }
  }

  /** Waits for the answer to the oldest request that has none. */
  wait(cycle: number): Answer {
    this.watch.begin();
    try {
      if (!this.channel.receive(this.response)) throw this.lost(cycle);
      const messageBytes = this.responseHeader.getUint32(4, true);
      const message = new Uint8Array(messageBytes);
      if (messageBytes > 0 && !this.channel.receive(message)) throw this.lost(cycle);
      return {
        stopped: statuses[this.responseHeader.getUint32(0, true)],
        cyclesDone: this.responseHeader.getUint32(8, true),
        message: messageBytes === 0 ? "" : new TextDecoder().decode(message).trim(),
      };
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

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.send(operation.quit);
    this.channel.close();
    const impatience = setTimeout(() => {
      killGroup(this.pid);
    }, this.options.timeLimitMs);
    await this.ended;
    clearTimeout(impatience);
    this.watch.release();
  }

  private lost(cycle: number): SimulatorError {
    const { title, timeLimitMs } = this.options;
    return this.watch.expired
      ? new SimulatorError(
          "hung",
          `the simulator of ${title} gave no answer within ${(timeLimitMs / 1000).toFixed(1)} s at cycle ${cycle} and was killed; give it more time with --time-limit`,
          cycle,
        )
      : new SimulatorError(
          "died",
          `the simulator of ${title} died at cycle ${cycle} (crashed, or killed from outside); run it again`,
          cycle,
        );
  }
}

function killGroup(pid: number): void {
  if (pid <= 0) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
