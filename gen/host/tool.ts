import { run, type RunResult } from "./run.ts";
import { environment } from "./terminal.ts";
import { UserError } from "./user-error.ts";

/** An external program that the project calls: how to recognise it and how to get it. */
export interface Tool {
  readonly title: string;
  /** The program's name on PATH. */
  readonly program: string;
  /** The environment variable that names the program where PATH does not. */
  readonly variable: string;
  readonly versionArgs: readonly string[];
  /** Finds the version in what the program prints for `versionArgs`; its first group is dotted numbers. */
  readonly versionPattern: RegExp;
  readonly minimum: string;
  readonly debianPackage: string;
}

export interface FoundTool {
  readonly program: string;
  readonly version: string;
}

/** Whether a dotted version is at least the other: each part is compared as a number. */
export function atLeast(version: string, minimum: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [i, needed] of minimum.split(".").map(Number).entries()) {
    const have = parts[i] ?? 0;
    if (have !== needed) return have > needed;
  }
  return true;
}

/** Finds the tool and checks its version; a `UserError` says how to install it where it is missing or too old. */
export async function findTool(tool: Tool, timeoutMs = 20_000): Promise<FoundTool> {
  const program = environment()[tool.variable] ?? tool.program;
  const result = await run(program, tool.versionArgs, { timeoutMs });
  const install = `install it with \`apt-get install ${tool.debianPackage}\`, or set ${tool.variable} to its path`;
  if (result.status === "missing") throw new UserError(`${tool.title} (\`${program}\`) was not found; ${install}`);
  const version = tool.versionPattern.exec(result.stdout + result.stderr)?.[1];
  if (version === undefined) {
    throw new UserError(
      `\`${program} ${tool.versionArgs.join(" ")}\` ${howItEnded(result)} and named no version; ${install}`,
    );
  }
  if (!atLeast(version, tool.minimum)) {
    throw new UserError(`${tool.title} ${version} (\`${program}\`) is older than ${tool.minimum}; ${install}`);
  }
  return { program, version };
}

/** How a run ended, as the middle of a sentence. */
export function howItEnded(result: RunResult): string {
  switch (result.status) {
    case "ok":
      return "ended normally";
    case "missing":
      return "could not be started";
    case "timeout":
      return `was killed at its time limit after ${result.seconds.toFixed(0)} s`;
    case "failed":
      return result.exitCode === undefined
        ? `was ended by ${result.signal ?? "a signal"}`
        : `exited with code ${result.exitCode}`;
    default:
      return result.status satisfies never;
  }
}

/** The first line of what a tool printed that names an error. */
export function firstError(output: string): string | undefined {
  return output
    .split("\n")
    .find((line) => /\berror\b/i.test(line))
    ?.trim();
}

/** The same, or else the first line at all; "" if it said nothing. */
export function firstComplaint(output: string): string {
  const first = output.split("\n").find((line) => line.trim() !== "");
  return (firstError(output) ?? first ?? "").trim().slice(0, 300);
}
