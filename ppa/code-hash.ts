import { join } from "node:path";
import { sourcesHash } from "../gen/host/cache.ts";
import { projectRoot } from "../gen/host/files.ts";

/** What takes part in making an energy from a netlist. */
const folders = [
  "gen",
  "ppa/activity",
  "ppa/energy",
  "ppa/liberty",
  "ppa/netlist",
  "ppa/names",
  "ppa/power",
  "ppa/sta",
  "ppa/workload",
];

let known: string | undefined;

/** SHA-256 over the code that makes energies: part of their key in the cache, so that no older version's figure is believed. */
export function codeHash(): string {
  return (known ??= sourcesHash(folders.map((folder) => join(projectRoot, folder))));
}
