import { runYosys } from "../../../gen/host/yosys.ts";
import { messageOf, UserError } from "../../../gen/host/user-error.ts";
import { describeMutant, mutateCommand, type Mutant } from "../mutant.ts";
import { miterOf } from "./miter.ts";
import type { Netlist } from "../netlist.ts";
import type { Proof } from "./proof.ts";
import { isIdle, parseFlatNetlist, reachOf, type FlatNetlist } from "./reach.ts";

/** Cycles beyond the latency in which registers of both designs that are fed alike have become equal. */
const settling = 2;

export interface ProofRequest {
  readonly netlist: Netlist;
  readonly flat: FlatNetlist;
  readonly mutant: Mutant;
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
 * Tries to show that a mutant cannot be told from the design by anyone who keeps to the contract of its ports. Undefined where that
 * failed, which is no proof of the contrary.
 *
 * The proof by `sat` is complete for designs without a loop (elementwise cores, whose registers hold nothing that is older than the
 * latency, but for isolated ones that nothing may depend on): both designs start in any two states, independent of each other, and
 * after the latency their outputs must be equal.
 */
export async function prove(request: ProofRequest): Promise<Proof | undefined> {
  const { netlist, flat, mutant, timeoutMs } = request;
  if (isIdle(flat, mutant)) return { method: "no change" };
  const reach = reachOf(flat, mutant);
  if (reach.size === 0) return { method: "no path" };
  const cycles = netlist.entry.latency + settling + 1;
  const { name } = netlist.entry;
  const script = [
    "read_rtlil design.il",
    `rename ${name} original`,
    "copy original mutant",
    mutateCommand(mutant, "mutant"),
    "read_verilog miter.v",
    "hierarchy -top miter",
    "setattr -mod -unset keep_hierarchy *",
    "flatten",
    "memory_map",
    "async2sync",
    // What both designs compute alike from the inputs becomes one; nothing here assumes anything of undefined values.
    ...Array.from({ length: 3 }, () => ["opt_expr", "opt_merge", "opt_clean"]).flat(),
    `tee -o verdict.txt sat -seq ${cycles} -prove-skip ${cycles - 1} -prove differs 0 miter`,
  ].join("\n");
  try {
    const { "verdict.txt": verdict = "" } = await runYosys({
      script,
      files: { "design.il": netlist.design, "miter.v": miterOf(netlist.original, reach) },
      outputs: ["verdict.txt"],
      timeoutMs,
      purpose: `proving of ${name} that it does not matter whether ${describeMutant(mutant)}`,
    });
    return verdict.includes("SAT proof finished - no model found: SUCCESS!")
      ? { method: "any state", cycles }
      : undefined;
  } catch (thrown) {
    if (thrown instanceof UserError && messageOf(thrown).includes("time limit")) return undefined;
    throw thrown;
  }
}
