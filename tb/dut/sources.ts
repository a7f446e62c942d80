import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { writePlain } from "../../gen/host/files.ts";
import { messageOf, UserError } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";

/** A file of a module, and what stands in it. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** The files of a module, in compile order; a `UserError` names one that cannot be read. */
export function sourcesOf(entry: ModuleEntry, folder: string): Source[] {
  return entry.files.map((file) => {
    const path = join(folder, file);
    return { path, text: readSource(path, entry) };
  });
}

function readSource(path: string, entry: ModuleEntry): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new UserError(
      `cannot read ${path}, a source of ${entry.name}: ${messageOf(thrown)}; make it again with \`npm run gen\``,
    );
  }
}

/** Copies sources into the folder that a tool runs in, and returns what they are called there: their own names, if these are plain. */
export function placeSources(sources: readonly Source[], folder: string): readonly string[] {
  const taken = new Set<string>();
  return sources.map(({ path, text }, i) => {
    const own = basename(path);
    const name = /^\w[\w.-]*$/.test(own) && !taken.has(own) ? own : `${i}.sv`;
    taken.add(name);
    writePlain(join(folder, name), text);
    return name;
  });
}
