import { findTool, type FoundTool, type Tool } from "./tool.ts";

/** Icarus Verilog's compiler. Debian has 11.0; 10 annotates fewer delays. */
export const iverilog: Tool = {
  title: "Icarus Verilog",
  program: "iverilog",
  variable: "FLARE_IVERILOG",
  versionArgs: ["-V"],
  versionPattern: /^Icarus Verilog version (\d+(?:\.\d+)+)/m,
  minimum: "11.0",
  debianPackage: "iverilog",
};

/** The program that runs what the compiler makes. */
export const vvp: Tool = {
  title: "Icarus Verilog's vvp",
  program: "vvp",
  variable: "FLARE_VVP",
  versionArgs: ["-V"],
  versionPattern: /^Icarus Verilog runtime version (\d+(?:\.\d+)+)/m,
  minimum: "11.0",
  debianPackage: "iverilog",
};

export interface Icarus {
  readonly iverilog: FoundTool;
  readonly vvp: FoundTool;
}

/** Both halves of Icarus; a `UserError` says what is missing and how to install it. */
export async function findIcarus(timeoutMs?: number): Promise<Icarus> {
  const [compiler, runtime] = await Promise.all([findTool(iverilog, timeoutMs), findTool(vvp, timeoutMs)]);
  return { iverilog: compiler, vvp: runtime };
}
