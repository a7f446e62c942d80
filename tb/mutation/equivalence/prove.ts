import { messageOf, UserError } from "../../../gen/host/user-error.ts";
import { runYosys } from "../../../gen/host/yosys.ts";
import { formatWidth, parseFormat } from "../../../gen/numeric/format.ts";
import { describeMutant, mutateCommand, type Mutant } from "../mutant.ts";
import { resolveChoices, type Netlist } from "../netlist.ts";
import { miterOf, runOf } from "./miter.ts";
import type { Proof } from "./proof.ts";
import { hasFeedback, isIdle, parseFlatNetlist, reachOf, type FlatNetlist, type Reach } from "./reach.ts";

/** Cycles beyond the latency in which registers of both designs that are fed alike have become equal. */
const settling = 2;

export interface ProofRequest {
  readonly netlist: Netlist;
  readonly flat: FlatNetlist;
  readonly mutant: Mutant;
  /** Whether it has passed the whole check. */
  readonly passed: boolean;
  readonly timeoutMs: number;
}

/** The netlist as a graph, for `prove`. */
export async function flatNetlistOf({ entry, design }: Netlist, timeoutMs: number): Promise<FlatNetlist> {
  const { "design.json": json = "" } = await runYosys({
    script: "read_rtlil design.il\nwrite_json design.json",
    files: { "design.il": design },
    outputs: ["design.json"],
    timeoutMs,
    purpose: `reading ${entry.name} as a graph`,
  });
  return parseFlatNetlist(json, entry.name);
}

/**
 * Tries to show of a mutant that it cannot be told from the design by anyone who keeps to the contract
 * of its ports: the cheapest way first. Undefined where all of them failed, which is no proof of the contrary.
 */
export async function prove(request: ProofRequest): Promise<Proof | undefined> {
  const { netlist, flat, mutant } = request;
  if (isIdle(flat, mutant)) return { method: "no change" };
  const reach = reachOf(flat, mutant);
  if (reach.size === 0) return { method: "no path" };
  const { kind, spec } = netlist.original;
  // Both kinds of proof below know one clock: they would not see that a register has lost it.
  if (mutant.port.includes("CLK") || mutant.port.includes("clk")) return undefined;
  const inputs = inputsTried(request, reach);
  if (inputs !== undefined) return { method: "every input", inputs };
  if (kind === "core" && spec.unit !== "softmax") {
    const proof = await fromAnyState(request, reach);
    if (proof !== undefined) return proof;
  }
  return inEveryRun(request, reach);
}

const widestTried = 16;

/** How many inputs there are, where the check tries all of them and the results depend on nothing else. */
function inputsTried({ netlist, flat, passed }: ProofRequest, reach: Reach): number | undefined {
  const { kind, spec } = netlist.original;
  if (!passed || kind !== "core" || (spec.unit !== "relu" && spec.unit !== "exp")) return undefined;
  const width = formatWidth(parseFormat(spec.format));
  const resultsOnly = [...reach.keys()].every((port) => port === "prob_o");
  return width <= widestTried && spec.lanes === 1 && resultsOnly && !hasFeedback(flat) ? 2 ** width : undefined;
}

/**
 * The proof by `sat` is complete for designs whose registers hold nothing that is older than the latency, but for isolated ones
 * that nothing may depend on: both designs start in any two states, independent of each other, and after the latency
 * their outputs must be equal.
 */
async function fromAnyState(request: ProofRequest, reach: Reach): Promise<Proof | undefined> {
  const cycles = request.netlist.original.latency + settling + 1;
  const verdict = await askYosys(request, reach, [
    "hierarchy -top miter",
    ...flattened,
    `tee -o verdict.txt sat -seq ${cycles} -prove-skip ${cycles - 1} -prove differs 0 miter`,
  ]);
  return verdict.includes("SAT proof finished - no model found: SUCCESS!")
    ? { method: "any state", cycles }
    : undefined;
}

/**
 * The proof by ABC's register correspondence and, for what that leaves, its model checkers (`dprove`). Registers that the reset does not
 * reach start at 0 in both designs.
 */
async function inEveryRun(request: ProofRequest, reach: Reach): Promise<Proof | undefined> {
  const verdict = await askYosys(request, reach, [
    "hierarchy -top run",
    "proc",
    ...flattened,
    "techmap",
    "dffunmap",
    "simplemap",
    "setundef -undriven -zero",
    "setundef -zero -init",
    "aigmap",
    "opt_clean",
    "write_aiger run.aig",
    // Yosys hands ABC a design of its own; ABC reads ours in its place, and gives that one back.
    "design -reset",
    "read_verilog filler.v",
    "techmap",
    "tee -o verdict.txt abc -script +backup;read_aiger,run.aig;scorr;dprove;print_status;restore",
  ]);
  return /Status = 1 /.test(verdict) ? { method: "every run" } : undefined;
}

/** Flat, with memories as registers; what both designs compute alike from the inputs becomes one, and nothing is assumed of undefined values. */
const flattened = [
  "setattr -mod -unset keep_hierarchy *",
  "flatten",
  resolveChoices,
  "memory_map",
  "async2sync",
  ...Array.from({ length: 3 }, () => ["opt_expr", "opt_merge", "opt_clean"]).flat(),
];

/** What Yosys writes to verdict.txt; nothing where it takes too long. */
async function askYosys(
  { netlist, mutant, timeoutMs }: ProofRequest,
  reach: Reach,
  script: readonly string[],
): Promise<string> {
  const { original: entry, design } = netlist;
  try {
    const { "verdict.txt": verdict = "" } = await runYosys({
      script: [
        "read_rtlil design.il",
        `rename ${entry.name} original`,
        "copy original mutant",
        mutateCommand(mutant, "mutant"),
        "read_verilog miter.v",
        ...script,
      ].join("\n"),
      files: {
        "design.il": design,
        "miter.v": miterOf(entry, reach) + runOf(entry),
        "filler.v": "module filler(input a, b, output y); assign y = a & b; endmodule\n",
      },
      outputs: ["verdict.txt"],
      timeoutMs,
      purpose: `proving of ${entry.name} that it does not matter: ${describeMutant(mutant)}`,
    });
    return verdict;
  } catch (thrown) {
    if (thrown instanceof UserError && messageOf(thrown).includes("time limit")) return "";
    throw thrown;
  }
}
