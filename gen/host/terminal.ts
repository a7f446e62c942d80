import { AsyncLocalStorage } from "node:async_hooks";
import { tmpdir } from "node:os";

/** Where text goes: a stream of the process, or what a caller collects. */
export interface Output {
  write(text: string): unknown;
  /** Whether lines may be drawn over. */
  readonly isTTY?: boolean;
}

/** What a command line finds around it. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Those of the command line that is running: several may run in one process, each with its own. */
const current = new AsyncLocalStorage<Surroundings>();

/** Runs a command line in surroundings of its own instead of the process's. */
export function within<T>(surroundings: Surroundings, action: () => T): T {
  return current.run(surroundings, action);
}

/** The environment, which child processes inherit. */
export function environment(): Surroundings["env"] {
  return current.getStore()?.env ?? process.env;
}

export function standardOutput(): Output {
  return current.getStore()?.stdout ?? process.stdout;
}

/** Prints a line on standard output. */
export function say(line: string): void {
  standardOutput().write(`${line}\n`);
}

/** Prints a line on standard error. */
export function complain(line: string): void {
  (current.getStore()?.stderr ?? process.stderr).write(`${line}\n`);
}

/** The folder for temporary files. */
export function temporaryPlace(): string {
  return environment()["TMPDIR"] ?? tmpdir();
}
