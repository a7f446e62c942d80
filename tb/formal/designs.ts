import type { Design } from "../../gen/design.ts";
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

/** The SystemVerilog of the designs' cores, by file name. */
export function sourcesOf(designs: readonly Design[]): Record<string, string> {
  return filesOf(designs, coreOf);
}

/** The SystemVerilog of the designs' wrappers and what is in them, by file name. */
export function wrapperSourcesOf(designs: readonly Design[]): Record<string, string> {
  return filesOf(designs, wrapperOf);
}

function filesOf(designs: readonly Design[], entryOf: (design: Design) => ModuleEntry): Record<string, string> {
  return Object.fromEntries(
    designs.flatMap((design) => entryOf(design).files.map((file) => [file, design.sources.get(file) ?? ""])),
  );
}
