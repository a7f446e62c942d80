import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { elementwiseUnits } from "./spec.ts";
import { messageOf, UserError } from "./host/user-error.ts";

/** `rtl/manifest.json`: what the generated modules are, for whoever compiles, simulates or synthesises them. */
const specSchema = z.object({
  unit: z.enum(elementwiseUnits),
  format: z.string(),
  lanes: z.number().int(),
  stages: z.number().int(),
  subnormals: z.enum(["keep", "flush"]),
  isolate: z.boolean(),
});

const portSchema = z.object({
  name: z.string(),
  direction: z.enum(["input", "output"]),
  /** Bits in all: of a port `[Lanes-1:0][15:0]`, Lanes x 16. */
  width: z.number().int().positive(),
  /** The packed dimensions, outermost first: [8, 16] for `[7:0][15:0]`; [] for a single bit. */
  dimensions: z.array(z.number().int().positive()),
});

export const moduleEntrySchema = z.object({
  name: z.string(),
  /** `core`: valid in, valid out, fixed latency; `axis`: AXI4-Stream on both sides. */
  kind: z.enum(["core", "axis"]),
  unit: z.enum(elementwiseUnits),
  spec: specSchema,
  /** Relative to the manifest's folder, in compile order; the last one holds the module of that name. */
  files: z.array(z.string()),
  ports: z.array(portSchema),
  /** Cycles from the edge that takes a beat to its result being valid. */
  latency: z.number().int(),
  /** Cycles between two beats at full rate. */
  initiationInterval: z.number().int(),
  /** SHA-256 over the spec and the text of the files. */
  specHash: z.string(),
});
export type ModuleEntry = z.infer<typeof moduleEntrySchema>;
export type PortEntry = z.infer<typeof portSchema>;

export const manifestSchema = z.object({ modules: z.array(moduleEntrySchema) });
export type Manifest = z.infer<typeof manifestSchema>;

/** Reads and checks `manifest.json` of a folder that `npm run gen` wrote. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, "manifest.json");
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (thrown) {
    throw new UserError(`cannot use ${path}: ${messageOf(thrown)}; make it again with \`npm run gen\``);
  }
}
