import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { projectRoot } from "../../../gen/host/files.ts";
import { run, type RunResult } from "../../../gen/host/run.ts";
import { flareProgram } from "../../support/flare.ts";
import { temporaryFolder } from "./designs.ts";

/** A place where a command finds a disk of its own that is full after so many bytes, or files. */
export interface SmallDisk {
  readonly place: string;
  readonly bytes: number;
  readonly files?: number;
}

const mounting = ["--map-root-user", "--mount", "sh", "-c"] as const;

/** Whether this user may mount, in a name space of its own. */
export async function canMount(): Promise<boolean> {
  const trial = 'mount -t tmpfs -o size=4k tmpfs "$1"';
  return (await run("unshare", [...mounting, trial, "sh", temporaryFolder()], { timeoutMs: 20_000 })).status === "ok";
}

/** Runs `flare` on a small disk; what the disk holds at the end is printed after the command's output. */
export function runOnSmallDisk(
  { place, bytes, files = 1000 }: SmallDisk,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const steps = `mount -t tmpfs -o size=${bytes},nr_inodes=${files + 1} tmpfs '${place}' || exit 99; "$@"; code=$?; ls -A '${place}'; exit $code`;
  const command = [...mounting, steps, "sh", ...flareProgram, ...args];
  return run("unshare", command, { timeoutMs: 240_000, cwd: projectRoot, env });
}

export function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("exit", (code) => {
      resolve(code);
    });
  });
}

/** An executable shell script that stands for a tool. */
export function fakeTool(body: string): string {
  const path = join(temporaryFolder(), "tool");
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

/** The process ids of a process's descendants whose command line matches. */
export function descendants(ancestor: number, commandLine: RegExp): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const status = readProc(`/proc/${name}/stat`);
    const parent = /\) \S+ (\d+)/.exec(status)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isDescendant = (pid: number): boolean => {
    for (let at = parents.get(pid); at !== undefined && at > 1; at = parents.get(at)) if (at === ancestor) return true;
    return false;
  };
  return [...parents.keys()].filter((pid) => isDescendant(pid) && commandLine.test(readProc(`/proc/${pid}/cmdline`)));
}

export function isAlive(pid: number): boolean {
  const status = readProc(`/proc/${pid}/stat`);
  return status !== "" && !/\) Z /.test(status);
}

/** Waits until something is there. */
export async function eventually<T>(find: () => T | undefined, what: string, timeoutMs = 60_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    const found = find();
    if (found !== undefined) return found;
    await delay(20);
  }
  throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
}

function readProc(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
