import { readFileSync } from "node:fs";
import { join } from "node:path";
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
