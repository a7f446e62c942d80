import { z } from "zod";
import { supportOf } from "../../../gen/hdl/circuit/graph.ts";
import { cachedValue, contentHash } from "../../../gen/host/cache.ts";
import { runYosys, yosysVersion } from "../../../gen/host/yosys.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { portsOf } from "../../dut/ports.ts";
import { mutateCommand, type Mutant } from "../mutant.ts";
import { resolveChoices, type Netlist } from "../netlist.ts";
import { parseAiger, type Aig } from "./aiger.ts";
import { coneOf, isMutantInput, modelOf, mutantInput, type Model } from "./cone.ts";

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
    // The registers behind a reset have a wire of their own since then; it is called after the word that they hold.
    "autoname",
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
  const aig = parseAiger(text);
  const early = mutants.flatMap((mutant) => {
    const registers = earlyRegisters(entry, aig, design, mutant);
    return registers.size === 0 ? [] : [[mutant.number, registers] as const];
  });
  return modelOf(entry, aig, new Map(early));
}

/**
 * The registers that a mutant clocks by the other edge, where that means no more than half a cycle early: what they take depends on no
 * input and on no register that they reach, so that at the falling edge it is there already, and is what the design's take at the next
 * rising one. (The reset may enter too: it is released with the clock, and what is taken while it comes is of no row.) None where this
 * is not so, or where the graph does not tell these registers from others.
 */
export function earlyRegisters(entry: ModuleEntry, aig: Aig, design: string, mutant: Mutant): ReadonlySet<number> {
  const none = new Set<number>();
  if (mutant.mode !== "inv" || hasOneClock(mutant)) return none;
  const lines = design.split("\n");
  const start = lines.findIndex((line) => /^\s*cell \S+ /.test(line) && line.endsWith(` ${mutant.cell}`));
  const end = lines.findIndex((line, at) => at > start && /^\s*end$/.test(line));
  const text = start < 0 ? "" : lines.slice(start, end).join("\n");
  const stored = /parameter \\MEMID "\\\\(\S+)"/.exec(text)?.[1] ?? /connect \\Q \\(\S+)$/m.exec(text)?.[1];
  if (stored === undefined) return none;
  const isStored = (name: string): boolean => name === stored || name.startsWith(`${stored}[`);
  const registers = aig.latches.filter(({ names }) => names.some(isStored));
  // A name with a $ is Yosys' own. One with another name as well may stand for a second register, which the mutant leaves alone.
  if (!registers.every(({ names }) => names.every((name) => name.includes("$") || isStored(name)))) return none;
  const early = new Set(registers.map(({ node }) => node));
  const { number } = mutant;
  const reached = coneOf(modelOf(entry, aig, new Map([[number, early]])), number, Infinity)?.copied ?? none;
  const support = supportOf(
    aig,
    registers.map(({ next }) => next),
  );
  const { reset } = portsOf(entry);
  const depends =
    [...aig.inputs].some(([name, node]) => support[node] === 1 && name !== reset && !isMutantInput(name)) ||
    [...reached].some((node) => support[node] === 1);
  return depends ? none : early;
}

const textSchema = z.strictObject({ text: z.string() });

const switchOf = ({ number }: Mutant): Parameters<typeof mutateCommand>[2] => ({
  port: mutantInput(number),
  width: 1,
  value: 1,
});

/** The graph has one clock: it would not show that a register has lost it. */
export const hasOneClock = ({ port }: Mutant): boolean => !/clk/i.test(port);
