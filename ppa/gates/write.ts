import { join } from "node:path";
import { writeIfChanged } from "../../gen/host/files.ts";
import { manifestSchema, type ModuleEntry } from "../../gen/manifest.ts";
import type { CellLibrary } from "../activity/library.ts";
import { readNetlist } from "../activity/read-netlist.ts";
import { cellModels } from "./models.ts";

/** A module, and the netlist that it was mapped to. */
export interface Gates {
  readonly entry: ModuleEntry;
  readonly verilog: string;
}

/**
 * Writes netlists as a folder that has the shape of `rtl/`, so that whatever takes that one takes this: a file per module, the models
 * of the cells, and a manifest with the modules' own entries, whose files these are. Returns the names of the files.
 */
export function writeGates(folder: string, library: CellLibrary, modules: readonly Gates[]): readonly string[] {
  const models = `${library.name}_cells.v`;
  const cells = modules.flatMap(({ verilog }) => readNetlist(verilog).instances.map(({ cell }) => cell));
  const entries = modules.map(({ entry }) => ({ ...entry, files: [models, netlistFile(entry)] }));
  const manifest = manifestSchema.parse({ modules: entries });
  const files = new Map([
    [models, cellModels(library, cells)],
    ...modules.map(({ entry, verilog }) => [netlistFile(entry), verilog] as const),
    ["manifest.json", `${JSON.stringify(manifest, undefined, 2)}\n`],
  ]);
  for (const [name, text] of files) writeIfChanged(join(folder, name), text);
  return [...files.keys()];
}

const netlistFile = ({ name }: ModuleEntry): string => `${name}.v`;
