import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { cachedValue, contentHash } from "../../gen/host/cache.ts";
import { cacheFolder, writeIfChanged } from "../../gen/host/files.ts";
import { messageOf, UserError } from "../../gen/host/user-error.ts";
import { runYosys, yosysVersion } from "../../gen/host/yosys.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { mutateCommand, parseMutants, type Mutant } from "./mutant.ts";

/** The input that the mutated netlist has more than the design: which mutant is on. */
export const selectPort = "mutant_i";

export interface NetlistRequest {
  readonly entry: ModuleEntry;
  /** Where the SystemVerilog is. */
  readonly folder: string;
  /** How many mutants, and the seed of their choice. */
  readonly mutants: number;
  readonly seed: number;
  readonly timeoutMs: number;
}

/** A design as Yosys elaborates it, and its mutants. */
export interface Netlist {
  /** The design as the manifest describes it. */
  readonly original: ModuleEntry;
  /** The elaborated design, in Yosys' own text format. */
  readonly design: string;
  readonly mutants: readonly Mutant[];
  /** The module with all mutants in it, as a manifest describes it, and the folder that holds its Verilog. */
  readonly entry: ModuleEntry;
  readonly folder: string;
}

/**
 * Elaborates a design without optimising it, so that every operator of the SystemVerilog is a cell that knows its line; chooses mutants
 * with Yosys' even sampling over source lines, wires and bits; and writes the design with all of them in it, each switched on by
 * its number at `selectPort`. A wrapper keeps its core as one instance: its mutants are in its own modules and at the core's ports, because those
 * inside the core are counted with the core.
 */
export async function netlistOf(request: NetlistRequest): Promise<Netlist> {
  const { entry, mutants: count, seed } = request;
  const files = sourcesOf(request);
  const prepare = prepareScript(entry, count, seed);
  const key = contentHash(yosysVersion(), prepare, ...Object.entries(files).flat());
  const listed = await cachedValue("mutation-lists", key, listSchema, async () => {
    const { "list.txt": list = "", "design.il": design = "" } = await runYosys({
      script: prepare,
      files,
      outputs: ["list.txt", "design.il"],
      timeoutMs: request.timeoutMs,
      purpose: `choosing mutants of ${entry.name}`,
    });
    return { list, design };
  });
  const mutants = parseMutants(listed.list, entry.name);
  if (mutants.length < count) {
    throw new UserError(
      `${entry.name} has only ${mutants.length} mutants, not ${count}; ask for ${mutants.length} or fewer with --mutants`,
    );
  }
  const width = count.toString(2).length;
  const { text } = await cachedValue(
    "mutation-netlists",
    contentHash(key, selectPort, resolveChoices),
    netlistSchema,
    async () => {
      const { "mutants.v": verilog = "" } = await runYosys({
        script: mutateScript(entry, mutants, width),
        files: { "design.il": listed.design },
        outputs: ["mutants.v"],
        timeoutMs: request.timeoutMs,
        purpose: `putting ${count} mutants into ${entry.name}`,
      });
      return { text: verilog };
    },
  );
  const folder = join(cacheFolder(), "mutants", contentHash(text));
  const file = `${entry.name}.v`;
  writeIfChanged(join(folder, file), text);
  const select = { name: selectPort, direction: "input", width, dimensions: width === 1 ? [] : [width] } as const;
  return {
    original: entry,
    design: listed.design,
    mutants,
    entry: { ...entry, files: [file], ports: [...entry.ports, select] },
    folder,
  };
}

const listSchema = z.strictObject({ list: z.string(), design: z.string() });
const netlistSchema = z.strictObject({ text: z.string() });

function prepareScript({ name, kind, files }: ModuleEntry, count: number, seed: number): string {
  const core = name.replace(/_axis$/, "");
  return [
    `read_verilog -sv ${files.join(" ")}`,
    `hierarchy -check -top ${name}`,
    // Tables stay multiplexers: their contents are mutated too, which those of a memory cannot be.
    "proc -norom",
    ...(kind === "axis" ? [`setattr -mod -set keep_hierarchy 1 *${core}* *${core}_axis* %d`] : []),
    "flatten",
    "opt_clean",
    `tee -o list.txt mutate -list ${count} -seed ${seed} ${name}`,
    "write_rtlil design.il",
  ].join("\n");
}

/**
 * Makes trees of two-way multiplexers of wide ones, which leave open what comes of two selects at a time, or of none where all
 * cases were listed: of a mutant it must be the same in simulation and in proofs. (Of none it is the last entry.)
 */
export const resolveChoices = "pmuxtree";

function mutateScript({ name }: ModuleEntry, mutants: readonly Mutant[], width: number): string {
  return [
    "read_rtlil design.il",
    ...mutants.map((mutant) => mutateCommand(mutant, name, { port: selectPort, width, value: mutant.number })),
    resolveChoices,
    "write_verilog -noattr mutants.v",
  ].join("\n");
}

function sourcesOf({ entry, folder }: NetlistRequest): Record<string, string> {
  return Object.fromEntries(
    entry.files.map((file) => {
      try {
        return [file, readFileSync(join(folder, file), "utf8")] as const;
      } catch (thrown) {
        throw new UserError(
          `cannot read ${join(folder, file)}, a source of ${entry.name}: ${messageOf(thrown)}; make it again with \`npm run gen\``,
        );
      }
    }),
  );
}
