import { codeOf } from "./emit/code.ts";
import { filesOf, sourcesOf } from "./emit/files.ts";
import type { Blueprint, Timed } from "./families/family.ts";
import { familyOf, unitNamed } from "./families/index.ts";
import type { Module, Port } from "./hdl/module.ts";
import { contentHash } from "./host/cache.ts";
import type { ModuleEntry, PortEntry } from "./manifest.ts";
import type { UnitSpec } from "./spec.ts";

export { addFile } from "./emit/files.ts";
export type { SpecRequest } from "./families/family.ts";
export { designName, resolveSpec } from "./families/index.ts";

/** A spec turned into hardware: the core and its AXI4-Stream wrapper, as modules, as text and as manifest entries. */
export interface Design {
  readonly spec: UnitSpec;
  readonly core: Module;
  readonly axis: Module;
  /** SystemVerilog by file name. */
  readonly sources: ReadonlyMap<string, string>;
  readonly entries: readonly ModuleEntry[];
}

/** Builds a design; equal specs give equal text. */
export function buildDesign(spec: UnitSpec): Design {
  const { core, axis } = blueprintOf(spec);
  const sources = sourcesOf(axis.module);
  return {
    spec,
    core: core.module,
    axis: axis.module,
    sources,
    entries: [entryOf(core, "core", spec, sources), entryOf(axis, "axis", spec, sources)],
  };
}

function blueprintOf(spec: UnitSpec): Blueprint {
  const family = familyOf(spec.unit);
  return family.build(spec, family.name(spec), `npm run gen -- ${family.options(spec)}`);
}

function entryOf(
  { module, latency, passes, rules }: Timed,
  kind: ModuleEntry["kind"],
  spec: UnitSpec,
  sources: ReadonlyMap<string, string>,
): ModuleEntry {
  const files = filesOf(module);
  return {
    name: module.name,
    kind,
    unit: unitNamed(spec.unit),
    spec,
    files,
    ports: portEntries(module),
    latency,
    initiationInterval: 1,
    passes: [...passes],
    ...(rules.length === 0 ? {} : { rules: [...rules] }),
    specHash: contentHash(JSON.stringify(spec), ...files.map((file) => codeOf(sources.get(file) ?? ""))),
  };
}

function portEntries(module: Module): PortEntry[] {
  const { clock, reset, hasClock, hasReset } = module.clocking;
  const control = [...(hasClock ? [clock] : []), ...(hasReset ? [reset] : [])];
  return [
    ...control.map((name): PortEntry => ({ name, direction: "input", width: 1, dimensions: [] })),
    ...module.ports.map((port) => portEntry(port, module)),
  ];
}

function portEntry({ signal, direction }: Port, module: Module): PortEntry {
  const dimensions =
    signal.laneWidth === undefined
      ? signal.width === 1
        ? []
        : [signal.width]
      : [module.lanes?.value ?? 1, ...(signal.laneWidth === 1 ? [] : [signal.laneWidth])];
  return { name: signal.name, direction, width: signal.width, dimensions };
}
