import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../gen/host/files.ts";
import type { Sandbox } from "./sandbox.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly printed: () => string;
  readonly ended: Promise<Ended>;
}

export interface Limits {
  /** No file may grow beyond so many blocks of 512 bytes, as on a disk that is full. */
  readonly fileBlocks?: number;
}

/** Starts `npm run ppa -- ...` without npm, its output, cache and temporary files inside the sandbox. */
export function startPpa(
  sandbox: Sandbox,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { fileBlocks }: Limits = {},
): Started {
  const program = [process.execPath, "--import", "tsx", join(projectRoot, "ppa/cli.ts")];
  const limit = fileBlocks === undefined ? "" : `ulimit -f ${fileBlocks}; `;
  const places = [
    ["--out", sandbox.reports],
    ["--rtl", sandbox.rtl],
  ].flatMap(([option = "", folder = ""]) => (args.includes(option) ? [] : [option, folder]));
  const line = [...program, ...places, ...args];
  const child = spawn("sh", ["-c", `${limit}exec "$@"`, "sh", ...line], {
    cwd: projectRoot,
    env: { ...process.env, FLARE_CACHE: sandbox.cache, TMPDIR: sandbox.folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  const ended = new Promise<Ended>((done) => {
    child.on("close", (code) => {
      done({ code, stdout, stderr });
    });
  });
  return { child, printed: () => stdout, ended };
}

export async function ppa(
  sandbox: Sandbox,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  limits: Limits = {},
): Promise<Ended> {
  return startPpa(sandbox, args, env, limits).ended;
}

/** Processes whose command line names the sandbox: those that a run has left behind. */
export function processesOf(sandbox: Sandbox): readonly string[] {
  return readdirSync("/proc").flatMap((id) => {
    if (!/^\d+$/.test(id)) return [];
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
      return line.includes(sandbox.folder) ? [line] : [];
    } catch {
      return []; // It has ended since.
    }
  });
}
