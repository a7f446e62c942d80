import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findIcarus, type Icarus } from "../../../gen/host/icarus.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import type { IcarusSimulator } from "../../../tb/dut/open.ts";
import { timeLimitMs } from "./designs.ts";

let tools: Promise<Icarus> | undefined;

export function icarusTools(): Promise<Icarus> {
  return (tools ??= findIcarus(timeLimitMs));
}

/** Icarus for the designs in a folder. */
export async function icarusFor(rtlFolder: string, more: Partial<IcarusSimulator> = {}): Promise<IcarusSimulator> {
  return { kind: "icarus", rtlFolder, tools: await icarusTools(), timeLimitMs, ...more };
}

/** Changes the text of one of a module's files. */
export function breakText(folder: string, entry: ModuleEntry, file: RegExp, find: RegExp, replacement: string): void {
  const name = entry.files.find((candidate) => file.test(candidate)) ?? "";
  const path = join(folder, name);
  const text = readFileSync(path, "utf8");
  const changed = text.replace(find, replacement);
  if (changed === text)
    throw new Error(`${name} has no ${String(find)} to break; adapt the test to the generated text`);
  writeFileSync(path, changed);
}
