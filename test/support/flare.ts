import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { flare } from "../../flare.ts";
import { projectRoot } from "../../gen/host/files.ts";
import { run, type RunResult } from "../../gen/host/run.ts";
import { within } from "../../gen/host/terminal.ts";

type Environment = Readonly<Record<string, string>>;

/** How a command line ended; texts are without the newline at their end. */
export type Ended = Pick<RunResult, "stdout" | "stderr"> & { readonly exitCode: number | undefined };

/** Runs `flare <command> ...` in this process: many times faster than in one of its own. */
export async function runFlare(args: readonly string[], env: Environment = {}): Promise<Ended> {
  const texts = { stdout: "", stderr: "" };
  const collect = (stream: keyof typeof texts): { write(text: string): void } => ({
    write: (text) => {
      texts[stream] += text;
    },
  });
  const surroundings = {
    stdout: collect("stdout"),
    stderr: collect("stderr"),
    env: { ...process.env, ...env },
  };
  const exitCode = await within(surroundings, () => flare(args));
  return { exitCode, stdout: texts.stdout.replace(/\n$/, ""), stderr: texts.stderr.replace(/\n$/, "") };
}

/** The program and its first argument that a process of its own needs. */
export const flareProgram = [process.execPath, join(projectRoot, "flare.mjs")] as const;

/** Runs the same in a process of its own: for what depends on exit codes, signals, and processes side by side. */
export function runFlareProcess(args: readonly string[], env: Environment = {}): Promise<RunResult> {
  const [program, script] = flareProgram;
  return run(program, [script, ...args], { timeoutMs: 240_000, cwd: projectRoot, env });
}

/** Starts it and leaves it running; its output is dropped. */
export function startFlare(args: readonly string[], env: Environment = {}): ChildProcess {
  const [program, script] = flareProgram;
  return spawn(program, [script, ...args], { cwd: projectRoot, env: { ...process.env, ...env }, stdio: "ignore" });
}
