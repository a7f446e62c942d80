import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { resolveSpec, units } from "./families/index.ts";
import { messageOf, UserError } from "./host/user-error.ts";
import { subnormalModes, type UnitSpec } from "./spec.ts";

/** A spec as its unit's family knows it, which leaves nothing to a default. */
const specSchema = z
  .object({
    unit: z.enum(units),
    format: z.string(),
    lanes: z.number(),
    stages: z.number(),
    subnormals: z.enum(subnormalModes),
    isolate: z.boolean().optional(),
    maxLength: z.number().optional(),
  })
  .transform((request, context): UnitSpec => {
    const spec = resolveSpec(request);
    const missing = Object.keys(spec).filter((name) => !(name in request));
    if (missing.length > 0) context.addIssue(`a spec of ${request.unit} says ${missing.join(" and ")}, too`);
    return spec;
  });

const portSchema = z.object({
  name: z.string(),
  direction: z.enum(["input", "output"]),
  /** Bits in all: of a port `[Lanes-1:0][15:0]`, Lanes x 16. */
  width: z.number().int().positive(),
  /** The packed dimensions, outermost first: [8, 16] for `[7:0][15:0]`; [] for a single bit. */
  dimensions: z.array(z.number().int().positive()),
});

const moduleEntrySchema = z.object({
  name: z.string(),
  /** `core`: beats with a valid bit, fixed latency, no stream protocol; `axis`: AXI4-Stream on both sides. */
  kind: z.enum(["core", "axis"]),
  unit: z.enum(units),
  spec: specSchema,
  /** Relative to the manifest's folder, in compile order; the last one holds the module of that name. */
  files: z.array(z.string()),
  ports: z.array(portSchema),
  /**
   * Cycles from a beat to its result: presented in cycle t, the result can be seen in cycle t + latency. Of softmax's core:
   * in pass 2; of its wrapper: from a row's last beat to its first result.
   */
  latency: z.number().int(),
  /** Cycles between two beats at full rate. */
  initiationInterval: z.number().int(),
  /**
   * For each pass over an isolated row, its cycles beside one per beat. Softmax's core: pass 1 from the edge that takes the
   * first beat to the one that raises norm_ready_o, pass 2 from the edge that takes its first beat to the one that makes the
   * last probability valid. Elementwise cores: the latency.
   */
  passes: z.array(z.number().int()).min(1),
  /**
   * What a sender has to keep to beside the protocol, in sentences: what TKEEP (or a core's keep port) may be. Assertions check it in simulation.
   * Absent where there is nothing to keep to.
   */
  rules: z.array(z.string()).optional(),
  /** SHA-256 over the spec and the code of the files: comments and assertions are no part of it. */
  specHash: z.string(),
});
export type ModuleEntry = z.infer<typeof moduleEntrySchema>;
export type PortEntry = z.infer<typeof portSchema>;

/** `rtl/manifest.json`: what the generated modules are, for whoever compiles, simulates or synthesises them. */
const manifestSchema = z.object({ modules: z.array(moduleEntrySchema).min(1) });
export type Manifest = z.infer<typeof manifestSchema>;

/** What `readManifest` reads again. */
export const manifestText = (modules: readonly ModuleEntry[]): string =>
  `${JSON.stringify({ modules }, undefined, 2)}\n`;

/** Reads and checks `manifest.json` of a folder that `npm run gen` wrote. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, "manifest.json");
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (thrown) {
    throw new UserError(`cannot use ${path}: ${messageOf(thrown)}; make it again with \`npm run gen\``);
  }
}
