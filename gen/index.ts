import { buildAll, outputFiles } from "./catalog.ts";
import type { SpecRequest } from "./design.ts";

/*
 * What `import ... from "flare-units"` gives: the generators, without files and processes.
 */

export { catalogue } from "./catalog.ts";
export { buildDesign, resolveSpec, type Design, type SpecRequest } from "./design.ts";
export { UserError } from "./host/user-error.ts";
export type { Manifest, ModuleEntry } from "./manifest.ts";

/**
 * The SystemVerilog of designs, with their `manifest.json`: the texts by file name, as `flare gen --unit ...` writes them.
 *
 *     generate({ unit: "flare", lanes: 4 }).get("flare_bf16_x4.sv")
 *
 * @throws UserError in one sentence, for a design that there cannot be
 */
export function generate(...requests: readonly SpecRequest[]): ReadonlyMap<string, string> {
  return outputFiles(buildAll(requests));
}
