import { codeOf } from "./emit/code.ts";
import { emit, emitPackage } from "./emit/module.ts";
import type { Blueprint, Timed } from "./families/family.ts";
import { familyOf, unitNamed } from "./families/index.ts";
import { packagesOf } from "./hdl/check.ts";
import type { TablePackage } from "./hdl/expression.ts";
import { allModules, type Module, type Port } from "./hdl/module.ts";
import { contentHash } from "./host/cache.ts";
import { UserError } from "./host/user-error.ts";
import type { ModuleEntry, PortEntry } from "./manifest.ts";
import type { UnitSpec } from "./spec.ts";

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

/** The files of a module and of all below it, in compile order. */
function sourcesOf(module: Module): Map<string, string> {
  const modules = allModules(module);
  const files = new Map<string, string>();
  for (const each of packagesIn(modules)) addFile(files, `${each.name}.sv`, emitPackage(each));
  for (const each of modules) addFile(files, `${each.name}.sv`, emit(each));
  return files;
}

const packagesIn = (modules: readonly Module[]): TablePackage[] => [...new Set(modules.flatMap(packagesOf))];

/** The names of these files. */
function filesOf(module: Module): string[] {
  const modules = allModules(module);
  return [...new Set([...packagesIn(modules), ...modules].map(({ name }) => `${name}.sv`))];
}

/**
 * Adds a file that others may have added: modules that differ in parameters alone, and designs with equal parts, share it.
 * @throws UserError if its text is another one
 */
export function addFile(files: Map<string, string>, name: string, text: string): void {
  if ((files.get(name) ?? text) !== text) {
    throw new UserError(
      `two modules would be ${name}, with different text; generate their designs into different folders`,
    );
  }
  files.set(name, text);
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
