import { execa } from "execa";
import { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { environment } from "./terminal.ts";
import { timeLimit } from "./time-limit.ts";

/**
 * The outcome of a child process: success and failure share one shape.
 *
 * - `missing`: the program could not be started (not installed, not executable);
 * - `timeout`: it was killed at its time limit;
 * - `failed`: it ended with a non-zero code or by a signal.
 */
export interface RunResult {
  readonly status: "ok" | "missing" | "timeout" | "failed";
  readonly command: string;
  readonly exitCode: number | undefined;
  /** The signal that ended it (`SIGKILL`, ...), if one did. */
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface RunOptions {
  /** Time limit in milliseconds; every child process has one, except those that others watch (`Infinity`). */
  readonly timeoutMs: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Pass the child's output through to ours instead of collecting it. */
  readonly inherit?: boolean;
  /** Told the process id as soon as the child runs: for those who talk to it while it does. */
  readonly onStart?: (pid: number) => void;
  /** Told the child's input and output, which is then not collected: for a child that answers while it runs. It does not keep us alive. */
  readonly converse?: (stdin: Writable, stdout: Readable) => void;
}

/** Process groups that are alive, so that none outlives us (a compiler driver starts children of its own). */
const liveGroups = new Set<number>();

/** Kills a child that `run` started, with all that it started itself; one that has ended is left alone. */
export function killGroup(pid: number): void {
  if (!liveGroups.has(pid)) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group has ended by itself.
  }
}

let guarded = false;

/** Kills every live child group when this process ends, whether by itself or by a signal. */
function guardExit(): void {
  if (guarded) return;
  guarded = true;
  process.on("exit", () => {
    liveGroups.forEach(killGroup);
  });
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}

/**
 * Runs a program to its end; the only way in which this project starts one.
 * The child leads a process group of its own, which is killed as a whole at the time limit and when we end.
 */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  guardExit();
  const started = performance.now();
  const child = execa(program, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...environment(), LC_ALL: "C", ...options.env },
    extendEnv: false,
    stdin: options.inherit === true ? "inherit" : options.converse === undefined ? "ignore" : "pipe",
    stdout: options.inherit === true ? "inherit" : "pipe",
    stderr: options.inherit === true ? "inherit" : "pipe",
    reject: false,
    detached: true,
    cleanup: false,
    maxBuffer: 256 * 1024 * 1024,
    buffer: { stdout: options.converse === undefined },
  });
  const pid = child.pid;
  if (pid !== undefined) {
    liveGroups.add(pid);
    options.onStart?.(pid);
    if (options.converse !== undefined && child.stdin !== null && child.stdout !== null) {
      // None of what waits for it keeps us alive.
      child.unref();
      for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
      options.converse(child.stdin, child.stdout);
    }
  }
  const limit = { reached: false };
  const inTime = timeLimit(options.timeoutMs, () => {
    limit.reached = true;
    if (pid !== undefined) killGroup(pid);
  });
  try {
    const result = await child;
    const missing = result.failed && pid === undefined;
    return {
      status: limit.reached ? "timeout" : missing ? "missing" : result.failed ? "failed" : "ok",
      command: [program, ...args].join(" "),
      exitCode: result.exitCode,
      signal: result.signal,
      stdout: text(result.stdout),
      stderr: missing ? (result.shortMessage ?? "") : text(result.stderr),
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    inTime();
    if (pid !== undefined) {
      killGroup(pid);
      liveGroups.delete(pid);
    }
  }
}

function text(output: unknown): string {
  return typeof output === "string" ? output : "";
}
