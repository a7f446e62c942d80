import { findTool, type FoundTool, type Tool } from "../../../gen/host/tool.ts";
import { callTool } from "../call-tool.ts";

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
  const root = await callTool(verilator.program, ["--getenv", "VERILATOR_ROOT"], { timeLimitMs: searchMs });
  return { verilator, compiler, include: `${root.trim()}/include`, timeLimitMs };
}
