import { packagesOf } from "../hdl/check.ts";
import { HdlError, type TablePackage } from "../hdl/expression.ts";
import { allModules, type Module } from "../hdl/module.ts";
import { emit, emitPackage } from "./module.ts";

/** The files of a module and of all below it, in compile order. */
export function sourcesOf(module: Module): Map<string, string> {
  const modules = allModules(module);
  const files = new Map<string, string>();
  for (const each of packagesIn(modules)) addFile(files, `${each.name}.sv`, emitPackage(each));
  for (const each of modules) addFile(files, `${each.name}.sv`, emit(each));
  return files;
}

const packagesIn = (modules: readonly Module[]): TablePackage[] => [...new Set(modules.flatMap(packagesOf))];

/** The names of these files. */
export function filesOf(module: Module): string[] {
  const modules = allModules(module);
  return [...new Set([...packagesIn(modules), ...modules].map(({ name }) => `${name}.sv`))];
}

/**
 * Adds a file that others may have added: modules that differ in parameters alone, and designs with equal parts, share it.
 * @throws HdlError if its text is another one
 */
export function addFile(files: Map<string, string>, name: string, text: string): void {
  if ((files.get(name) ?? text) !== text) {
    throw new HdlError(
      `two modules would be ${name}, with different text; generate their designs into different folders`,
    );
  }
  files.set(name, text);
}
