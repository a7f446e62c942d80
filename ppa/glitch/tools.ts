import type { Tool } from "../../gen/host/tool.ts";

/** Icarus Verilog: its compiler, and the program that runs what it makes. Debian has 11.0; 10 annotates fewer delays. */
export const iverilog: Tool = {
  title: "Icarus Verilog",
  program: "iverilog",
  variable: "FLARE_IVERILOG",
  versionArgs: ["-V"],
  versionPattern: /^Icarus Verilog version (\d+(?:\.\d+)+)/m,
  minimum: "11.0",
  debianPackage: "iverilog",
};

export const vvp: Tool = {
  title: "Icarus Verilog's vvp",
  program: "vvp",
  variable: "FLARE_VVP",
  versionArgs: ["-V"],
  versionPattern: /^Icarus Verilog runtime version (\d+(?:\.\d+)+)/m,
  minimum: "11.0",
  debianPackage: "iverilog",
};
