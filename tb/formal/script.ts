import { codeOf } from "../../gen/emit/code.ts";
import { contentHash } from "../../gen/host/cache.ts";
import { withEdit } from "./edit.ts";
import type { Method, Problem, Proof } from "./proof.ts";

/** A run of Yosys: its script, its files, and where each answer stands. */
export interface SatScript {
  readonly script: string;
  readonly files: Readonly<Record<string, string>>;
  readonly outputs: readonly string[];
}

/** A property module has this name; everything is flattened into it. */
export const top = "formal_top";

/**
 * Reads a problem and makes one netlist of it. Flip-flops with an asynchronous reset become synchronous ones whose output is the reset
 * value for as long as the reset is active, as in the hardware (async2sync); memories become registers (memory_map).
 */
function reading({ designs, properties, cuts, taps }: Problem, options = ""): string[] {
  const named = (files: Readonly<Record<string, string>>): string => Object.keys(files).join(" ");
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
export function proofScript({ problem, method, covers, twin }: Proof): SatScript {
  const reached = Object.keys(covers?.signals ?? {});
  const broken = { ...problem, designs: renamed(withEdit(problem.designs, twin.edit)) };
  const search: Method = method.kind === "combinational" ? method : { kind: "bounded", cycles: twin.cycles };
  const script = [
    ...reading(problem),
    `tee -o ${proofLog} sat ${satOptions(method)} ${top}`,
    ...reached.map((signal) => `tee -o ${coverLog(signal)} sat ${reaching(signal, covers?.cycles ?? 1)} ${top}`),
    "design -reset",
    ...reading(broken, problem.lookInside ? "-DPORTS_ONLY " : ""),
    `tee -o ${twinLog} sat ${satOptions(search)} ${top}`,
  ];
  return {
    script: script.join("\n"),
    files: { ...problem.designs, ...problem.properties, ...broken.designs },
    outputs: [proofLog, ...reached.map(coverLog), twinLog],
  };
}

function renamed(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`twin_${name}`, text]));
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
