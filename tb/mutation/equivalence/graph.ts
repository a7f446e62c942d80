import { z } from "zod";
import { cachedValue, contentHash } from "../../../gen/host/cache.ts";
import { runYosys, yosysVersion } from "../../../gen/host/yosys.ts";
import { mutateCommand, type Mutant } from "../mutant.ts";
import { resolveChoices, type Netlist } from "../netlist.ts";
import { parseAiger } from "./aig.ts";
import { modelOf, mutantInput, type Model } from "./cone.ts";

/** Memories of more words than this stay outside the graph. */
const mostWords = 64;

/** A module with all its mutants as one graph of ANDs and latches. Made once, so that a proof costs no more than its own part of it. */
export async function graphOf({ original: entry, design, mutants }: Netlist, timeoutMs: number): Promise<Model> {
  const script = [
    "read_rtlil design.il",
    ...mutants.filter(hasOneClock).map((mutant) => mutateCommand(mutant, entry.name, switchOf(mutant))),
    "setattr -mod -unset keep_hierarchy *",
    "flatten",
    resolveChoices,
    "opt_expr",
    "opt_clean",
    "memory_collect",
    `select -set outside t:$mem_v2 r:SIZE>${mostWords} %i`,
    "memory_map t:$mem_v2 @outside %d",
    "async2sync",
    "dffunmap",
    "opt_expr",
    "opt_merge",
    "opt_clean",
    "expose -evert t:$mem_v2",
    "techmap",
    "simplemap",
    "opt_expr",
    "opt_merge",
    "opt_clean",
    "setundef -undriven -zero",
    "aigmap",
    "opt_merge",
    "opt_clean",
    "write_aiger -ascii -symbols graph.aag",
  ].join("\n");
  const key = contentHash(yosysVersion(), design, script);
  const { text } = await cachedValue("mutation-graphs", key, textSchema, async () => {
    const { "graph.aag": graph = "" } = await runYosys({
      script,
      files: { "design.il": design },
      outputs: ["graph.aag"],
      timeoutMs,
      purpose: `making a graph of ${entry.name} and its mutants`,
    });
    return { text: graph };
  });
  return modelOf(entry, parseAiger(text));
}

const textSchema = z.strictObject({ text: z.string() });

const switchOf = ({ number }: Mutant): Parameters<typeof mutateCommand>[2] => ({
  port: mutantInput(number),
  width: 1,
  value: 1,
});

/** The graph has one clock: it would not show that a register has lost it. */
export const hasOneClock = ({ port }: Mutant): boolean => !/clk/i.test(port);
