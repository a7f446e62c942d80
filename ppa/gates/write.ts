import { join } from "node:path";
import { writeIfChanged } from "../../gen/host/files.ts";
import { manifestText, type ModuleEntry } from "../../gen/manifest.ts";
import type { CellLibrary } from "../activity/library.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import type { Netlist } from "../netlist/netlist.ts";
import { printNetlist } from "../netlist/print.ts";
import { cellModels } from "./models.ts";

/**
 * Writes netlists as a folder that has the shape of `rtl/`, so that whatever takes that one takes this: a file per module, the models
 * of the cells, and a manifest with the modules' own entries, whose files these are. Returns the names of the files.
 */
export function writeGates(folder: string, library: CellLibrary, modules: readonly MappedNetlist[]): readonly string[] {
  const models = `${library.name}_cells.v`;
  const netlists = modules.map(({ design, content }) => [design.entry, withNamesOfTheirOwn(content())] as const);
  const cells = netlists.flatMap(([, { instances }]) => instances.map(({ cell }) => cell));
  const entries = netlists.map(([entry]) => ({ ...entry, files: [models, netlistFile(entry)] }));
  const files = new Map([
    [models, cellModels(library, cells)],
    ...netlists.map(([entry, netlist]) => [netlistFile(entry), printNetlist(netlist)] as const),
    ["manifest.json", manifestText(entries)],
  ]);
  for (const [name, text] of files) writeIfChanged(join(folder, name), text);
  return [...files.keys()];
}

const netlistFile = ({ name }: ModuleEntry): string => `${name}.v`;

/** Nets and instances share one name space in Verilog, which Yosys and OpenSTA do not mind, but simulators do. */
function withNamesOfTheirOwn(netlist: Netlist): Netlist {
  const nets = netlist.instances.flatMap(({ pins }) => [...pins.values()]);
  const taken = new Set(nets.flatMap((net) => (net.kind === "net" ? [net.name] : [])));
  const instances = netlist.instances.map((instance) => {
    let { name } = instance;
    while (taken.has(name)) name += "_cell";
    taken.add(name);
    return { ...instance, name };
  });
  return { ...netlist, instances };
}
