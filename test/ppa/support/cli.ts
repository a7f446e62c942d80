import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { projectRoot } from "../../../gen/host/files.ts";
import { flareProgram, runFlare, type Ended } from "../../support/flare.ts";
import type { Sandbox } from "./sandbox.ts";

/** Runs `flare ppa ...`, its output, cache and temporary files inside the sandbox. */
export function ppa(
  sandbox: Sandbox,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return runFlare(lineOf(sandbox, args), { ...environmentOf(sandbox), ...env });
}

export interface Started {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly printed: () => string;
  readonly ended: Promise<Ended>;
}

/** The same in a process of its own, none of whose files may grow beyond so many blocks of 512 bytes, as on a disk that is full. */
export function startPpa(sandbox: Sandbox, args: readonly string[], fileBlocks?: number): Started {
  const limit = fileBlocks === undefined ? "" : `ulimit -f ${fileBlocks}; `;
  const line = [...flareProgram, ...lineOf(sandbox, args)];
  const child = spawn("sh", ["-c", `${limit}exec "$@"`, "sh", ...line], {
    cwd: projectRoot,
    env: { ...process.env, ...environmentOf(sandbox) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  const ended = new Promise<Ended>((done) => {
    child.on("close", (code) => {
      done({ exitCode: code ?? undefined, stdout, stderr: stderr.replace(/\n$/, "") });
    });
  });
  return { child, printed: () => stdout, ended };
}

function lineOf(sandbox: Sandbox, args: readonly string[]): readonly string[] {
  const places = [
    ["--out", sandbox.reports],
    ["--rtl", sandbox.rtl],
  ].flatMap(([option = "", folder = ""]) => (args.includes(option) ? [] : [option, folder]));
  return ["ppa", ...places, ...args];
}

const environmentOf = (sandbox: Sandbox): Record<string, string> => ({
  FLARE_CACHE: sandbox.cache,
  TMPDIR: sandbox.folder,
});

/** The command lines of processes whose temporary files go into the sandbox: those of a run. */
export function processesOf(sandbox: Sandbox): readonly string[] {
  return readdirSync("/proc").flatMap((id) => {
    if (!/^\d+$/.test(id)) return [];
    try {
      const isOurs = readFileSync(`/proc/${id}/environ`, "utf8").includes(`TMPDIR=${sandbox.folder}`);
      return isOurs ? [readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ")] : [];
    } catch {
      return []; // It has ended since.
    }
  });
}
