import { dirname } from "node:path";
import { killGroup, run, type RunResult } from "../../../gen/host/run.ts";
import { timeLimit } from "../../../gen/host/time-limit.ts";
import { howItEnded } from "../../../gen/host/tool.ts";
import { SimulatorError } from "../dut.ts";
import { openChannel, type Channel } from "./channel.ts";
import { watch, type Watch } from "./watchdog.ts";

export interface ChildOptions {
  /** What is simulated by what, in messages. */
  readonly title: string;
  readonly program: string;
  /** Its arguments, which name the channel's files. */
  readonly args: (channel: Channel) => readonly string[];
  /** What was built for the design, in a folder of the cache of its own. */
  readonly artifact: string;
  /** The size of the channel's shared file. */
  readonly sharedBytes: number;
  /** What the simulator writes first, to say that it is ready. */
  readonly greetingBytes: number;
  /** What is wrong with a greeting; undefined where nothing is. */
  readonly greetingFault: (greeting: Uint8Array) => string | undefined;
  /** The longest wait for one answer, in milliseconds. */
  readonly timeLimitMs: number;
  /** What to do where it ends in the middle; default: run it again. */
  readonly again?: string;
}

/** A simulator as a whole may live this long: only its answers have a short limit. */
const lifeTimeMs = 24 * 3600 * 1000;

/** A simulator that runs as a child process: bytes out, bytes in, each answer within its time limit. */
export class SimulatorChild {
  private closed = false;
  private excused = false;

  private constructor(
    private readonly options: ChildOptions,
    private readonly channel: Channel,
    private readonly watch: Watch,
    private readonly ended: Promise<RunResult>,
    /** For tests that kill it. */
    readonly processId: number,
  ) {}

  /** @throws SimulatorError where the program does not start, or greets as something else */
  static async start(options: ChildOptions): Promise<SimulatorChild> {
    const { title, program, artifact, timeLimitMs } = options;
    const channel = await openChannel(options.sharedBytes);
    let pid = 0;
    let result: RunResult | undefined;
    const ended = run(program, options.args(channel), { timeoutMs: lifeTimeMs, onStart: (id) => (pid = id) });
    void ended.then((it) => (result = it));
    const greeting = new Uint8Array(options.greetingBytes);
    const connected = await channel.connect(greeting, timeLimitMs, () => result !== undefined);
    const fault = options.greetingFault(greeting);
    if (connected === "connected" && fault === undefined) {
      return new SimulatorChild(options, channel, watch(pid, timeLimitMs), ended, pid);
    }
    channel.close();
    killGroup(pid);
    const refusal = (sentence: string): SimulatorError =>
      new SimulatorError("start", `${sentence}; remove ${dirname(artifact)} and run it again`, 0);
    switch (connected) {
      case "connected":
        throw refusal(`${artifact} is no simulator of ${title}: ${fault}`);
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

  send(bytes: Uint8Array): void {
    try {
      this.channel.send(bytes);
    } catch {
      // The pipe is broken: waiting for the answer says why.
    }
  }

  /** Waits for the next bytes of an answer; false when the simulator ended without them. */
  receive(bytes: Uint8Array): boolean {
    this.watch.begin();
    try {
      return this.channel.receive(bytes);
    } finally {
      this.watch.end();
    }
  }

  writeShared(bytes: Uint8Array, position: number): void {
    this.channel.writeShared(bytes, position);
  }

  readShared(bytes: Uint8Array, position: number): void {
    this.channel.readShared(bytes, position);
  }

  /** The present size of the shared file. */
  sharedSize(): number {
    return this.channel.sharedSize();
  }

  /** Why there is no answer; `cycle` counts the rising edges until then. */
  lost(cycle: number): SimulatorError {
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

  /** What to say of an answer that cannot be one. */
  garbled(cycle: number, what: string): SimulatorError {
    this.abandon();
    const { title, artifact } = this.options;
    const sentence = `the simulator of ${title} gave an answer at cycle ${cycle} that is none (${what})`;
    return new SimulatorError("garbled", `${sentence}; remove ${dirname(artifact)} and run it again`, cycle);
  }

  /** From now on it may end as it likes: what there was to say has been said. */
  excuse(): void {
    this.excused = true;
  }

  /**
   * Ends the simulator: `farewell` asks it to, closing its pipe and killing it are what helps otherwise. True where it ended by
   * this call, and well; false where it had been closed, or was excused.
   * @throws SimulatorError where it ends badly and nothing else was wrong: what it writes last, a waveform, may not be whole
   */
  async close(farewell: Uint8Array): Promise<boolean> {
    if (this.closed) return false;
    this.closed = true;
    const { title, timeLimitMs } = this.options;
    this.send(farewell);
    this.channel.close();
    let impatient = false;
    const inTime = timeLimit(timeLimitMs, () => {
      impatient = true;
      killGroup(this.processId);
    });
    const result = await this.ended;
    inTime();
    this.watch.release();
    if (this.excused) return false;
    if (result.status === "ok") return true;
    const how = (impatient as boolean)
      ? `did not end within ${seconds(timeLimitMs)} when it was closed, and was killed`
      : lastWords(result, "when it was closed");
    throw new SimulatorError("died", `the simulator of ${title} ${how}; ${this.again}`, 0);
  }

  private get again(): string {
    return this.options.again ?? "run it again";
  }

  /** Ends a simulator of which nothing counts any more. */
  private abandon(): void {
    this.excuse();
    killGroup(this.processId);
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
