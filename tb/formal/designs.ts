import type { Design } from "../../gen/design.ts";
import type { Module } from "../../gen/hdl/module.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";

/** The entry of a design's core. */
export function coreOf({ entries, core }: Design): ModuleEntry {
  return entryNamed(entries, core.name);
}

/** The entry of a design's AXI4-Stream wrapper. */
export function wrapperOf({ entries, axis }: Design): ModuleEntry {
  return entryNamed(entries, axis.name);
}

function entryNamed(entries: readonly ModuleEntry[], name: string): ModuleEntry {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new Error(`the design has no entry ${name}`);
  return entry;
}

/** The module of a core's lanes. */
export function laneOf({ core }: Design): Module {
  const [lane] = core.submodules;
  if (lane === undefined) throw new Error(`${core.name} has no lanes`);
  return lane;
}
