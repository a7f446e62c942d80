import { join } from "node:path";
import { buildDesign, resolveSpec, type Design, type SpecRequest } from "./design.ts";
import { projectRoot } from "./host/files.ts";
import { manifestSchema, type Manifest } from "./manifest.ts";

/** The designs that the project publishes in `rtl/`: every command loops over them unless told otherwise. */
export const catalogue: readonly SpecRequest[] = [{ unit: "relu" }, { unit: "fire_relu" }, { unit: "flare" }];

/** Where the catalogue's SystemVerilog is committed. */
export const rtlFolder = join(projectRoot, "rtl");

export function buildCatalogue(): Design[] {
  return catalogue.map((request) => buildDesign(resolveSpec(request)));
}

/** The manifest of a set of designs, and their files: all that a folder of generated RTL holds. */
export function outputFiles(designs: readonly Design[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const design of designs) for (const [name, text] of design.sources) files.set(name, text);
  const manifest: Manifest = manifestSchema.parse({ modules: designs.flatMap((design) => design.entries) });
  files.set("manifest.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  return files;
}
