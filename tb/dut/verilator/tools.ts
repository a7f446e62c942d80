import { run } from "../../../gen/host/run.ts";
import { findTool, howItEnded, type FoundTool, type Tool } from "../../../gen/host/tool.ts";
import { UserError } from "../../../gen/host/user-error.ts";

/** Verilator, as the project calls it; `FLARE_VERILATOR` names the program where PATH does not. */
export const verilatorTool: Tool = {
  title: "Verilator",
  program: "verilator",
  variable: "FLARE_VERILATOR",
  versionArgs: ["--version"],
  versionPattern: /Verilator (\d+(?:\.\d+)+)/,
  minimum: "5.006",
  debianPackage: "verilator",
};

/** The C++ compiler that Verilator's output needs; `CXX` names another one. */
export const compilerTool: Tool = {
  title: "A C++ compiler",
  program: "g++",
  variable: "CXX",
  versionArgs: ["--version"],
  versionPattern: /(\d+(?:\.\d+)+)/,
  minimum: "9",
  debianPackage: "g++",
};

export interface Toolchain {
  readonly verilator: FoundTool;
  readonly compiler: FoundTool;
  /** Where Verilator keeps the sources of its runtime. */
  readonly include: string;
  /** For each call of a tool, in milliseconds. */
  readonly timeLimitMs: number;
}

const searchTimeMs = 20_000;

/** Finds what a build needs; a `UserError` says what is missing and how to install it. */
export async function findToolchain(timeLimitMs: number): Promise<Toolchain> {
  const searchMs = Math.min(timeLimitMs, searchTimeMs);
  const [verilator, compiler] = await Promise.all([
    findTool(verilatorTool, searchMs),
    findTool(compilerTool, searchMs),
  ]);
  const root = await callTool(verilator.program, ["--getenv", "VERILATOR_ROOT"], searchMs);
  return { verilator, compiler, include: `${root.trim()}/include`, timeLimitMs };
}

/** Runs a tool that must succeed; its standard output, or a `UserError` with what it complained about. */
export async function callTool(
  program: string,
  args: readonly string[],
  timeLimitMs: number,
  purpose = `${program} ${args.join(" ")}`,
): Promise<string> {
  const result = await run(program, args, { timeoutMs: timeLimitMs });
  if (result.status === "ok") return result.stdout;
  const said = firstComplaint(result.stderr + result.stdout);
  const remedy = result.status === "timeout" ? "; give it more time with --time-limit" : "";
  throw new UserError(
    `${purpose}: \`${program}\` ${howItEnded(result)}${said === "" ? "" : ` and said "${said}"`}${remedy}`,
  );
}

/** The first line that names an error, or else the first line at all. */
function firstComplaint(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /error/i.test(line)) ?? lines[0] ?? "").trim().slice(0, 300);
}
