import { codeOf } from "../../gen/emit/code.ts";
import { sourcesOf } from "../../gen/emit/files.ts";
import type { Module } from "../../gen/hdl/module.ts";
import { contentHash } from "../../gen/host/cache.ts";
import { withDefect } from "../defect.ts";
import type { Method, Problem, Proof } from "./proof.ts";

type Files = Readonly<Record<string, string>>;

/** A run of Yosys: its script, its files, and where each answer stands. */
export interface SatScript {
  readonly script: string;
  readonly files: Files;
  readonly outputs: readonly string[];
}

/** A property module has this name; everything is flattened into it. */
export const top = "formal_top";

/**
 * Reads a problem and makes one netlist of it. Flip-flops with an asynchronous reset become synchronous ones whose output is the reset
 * value for as long as the reset is active, as in the hardware (async2sync); memories become registers (memory_map).
 */
function reading(designs: Files, { properties, cuts, taps }: Problem, options = ""): string[] {
  const named = (files: Files): string => Object.keys(files).join(" ");
  return [
    `read_verilog -sv ${named(designs)}`,
    `read_verilog -formal -sv ${options}${named(properties)}`,
    `hierarchy -check -top ${top}`,
    ...cuts,
    "proc",
    "flatten",
    "memory -nomap",
    "memory_map",
    ...taps.map(([wire, signal]) => `connect -nounset -set ${wire} ${signal}`),
    "async2sync",
    "dffunmap",
    "chformal -lower",
    "opt -full",
    "check -assert",
  ];
}

function satOptions(method: Method): string {
  const common = "-prove-asserts -set-assumes -show-inputs -show-outputs";
  switch (method.kind) {
    case "combinational":
      return common;
    case "induction":
      return `${common} -tempinduct -initsteps ${method.cycles - 1} -maxsteps ${method.cycles}`;
    case "bounded":
      return `${common} -tempinduct-baseonly -maxsteps ${method.cycles}`;
    default:
      return method satisfies never;
  }
}

/** Whether a cycle from the first to `cycles` can have the signal at 1; the first is in reset. */
const reaching = (signal: string, cycles: number): string =>
  `-seq ${cycles} -set-assumes -set-at ${cycles} ${signal} 1`;

export const proofLog = "proof.txt";
export const twinLog = "twin.txt";
export const coverLog = (signal: string): string => `${signal}.txt`;

/**
 * One run for the proof, for what its assumptions leave reachable, and for the same question about the broken twin. The twin is in
 * files of other names, and what is said of the inside of a design for the induction's sake is not asked of it.
 */
export function proofScript(proof: Proof): SatScript {
  const { problem, method, covers, twin } = proof;
  const reached = Object.keys(covers?.signals ?? {});
  const { designs, broken } = textsOf(proof);
  const renamed = Object.fromEntries(Object.entries(broken).map(([name, text]) => [`twin_${name}`, text]));
  const search: Method = method.kind === "combinational" ? method : { kind: "bounded", cycles: twin.cycles };
  const script = [
    ...reading(designs, problem),
    `tee -o ${proofLog} sat ${satOptions(method)} ${top}`,
    ...reached.map((signal) => `tee -o ${coverLog(signal)} sat ${reaching(signal, covers?.cycles ?? 1)} ${top}`),
    "design -reset",
    ...reading(renamed, problem, problem.lookInside ? "-DPORTS_ONLY " : ""),
    `tee -o ${twinLog} sat ${satOptions(search)} ${top}`,
  ];
  return {
    script: script.join("\n"),
    files: { ...designs, ...problem.properties, ...renamed },
    outputs: [proofLog, ...reached.map(coverLog), twinLog],
  };
}

/** The SystemVerilog of a proof's designs and that of its broken twin, by file name. */
export function textsOf({ problem: { designs, stubs }, twin }: Proof): {
  readonly designs: Files;
  readonly broken: Files;
} {
  const [first] = designs;
  const texts = { ...emitted(designs), ...stubs };
  return { designs: texts, broken: { ...texts, ...emitted([withDefect(first, twin.defect)]), ...stubs } };
}

function emitted(modules: readonly Module[]): Files {
  return Object.fromEntries(modules.flatMap((module) => [...sourcesOf(module)]));
}

/** Of everything that Yosys is given and does not pass over: equal hashes have equal results. Of designs it passes over comments and assertions. */
export function problemHash(proof: Proof): string {
  const { script, files } = proofScript(proof);
  const code = Object.entries(files).map(([name, text]) => [
    name,
    name in proof.problem.properties ? text : codeOf(text),
  ]);
  return contentHash(script, JSON.stringify(code));
}
