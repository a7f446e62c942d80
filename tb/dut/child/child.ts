import { run, type RunResult } from "../../../gen/host/run.ts";
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
  /** The size of the channel's shared file. */
  readonly sharedBytes: number;
  /** What the simulator writes first, to say that it is ready. */
  readonly greetingBytes: number;
  /** The longest wait for one answer, in milliseconds. */
  readonly timeLimitMs: number;
}

/** A simulator as a whole may live this long: only its answers have a short limit. */
const lifeTimeMs = 24 * 3600 * 1000;

/** A simulator that runs as a child process: bytes out, bytes in, each answer within its time limit. */
export class SimulatorChild {
  private closed = false;

  private constructor(
    private readonly options: ChildOptions,
    private readonly channel: Channel,
    private readonly watch: Watch,
    private readonly ended: Promise<RunResult>,
    /** For tests that kill it. */
    readonly processId: number,
  ) {}

  static async start(options: ChildOptions): Promise<SimulatorChild> {
    const { title, timeLimitMs } = options;
    const channel = await openChannel(options.sharedBytes);
    let pid = 0;
    let result: RunResult | undefined;
    const ended = run(options.program, options.args(channel), {
      timeoutMs: lifeTimeMs,
      onStart: (id) => (pid = id),
    });
    void ended.then((it) => (result = it));
    const connected = await channel.connect(options.greetingBytes, timeLimitMs, () => result !== undefined);
    if (connected === "connected") return new SimulatorChild(options, channel, watch(pid, timeLimitMs), ended, pid);
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

  /** Ends the simulator: `farewell` asks it to, closing its pipe and killing it are what helps otherwise. */
  async close(farewell: Uint8Array): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.send(farewell);
    this.channel.close();
    const impatience = setTimeout(() => {
      killGroup(this.processId);
    }, this.options.timeLimitMs);
    await this.ended;
    clearTimeout(impatience);
    this.watch.release();
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
