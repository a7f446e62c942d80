import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryPlace } from "./terminal.ts";
import { messageOf, UserError } from "./user-error.ts";

const live = new Set<string>();
let guarded = false;

/**
 * Makes an empty folder of a random name, which `removeScratch` removes, at the latest when the process ends by itself or by an
 * interrupt. Only a process that is killed leaves it behind.
 * @throws UserError where `parent` is missing or cannot be written
 */
export function makeScratch(prefix: string, parent = temporaryPlace()): string {
  if (!guarded) {
    guarded = true;
    process.on("exit", () => {
      live.forEach(removeScratch);
    });
  }
  try {
    const folder = mkdtempSync(join(parent, prefix));
    live.add(folder);
    return folder;
  } catch (thrown) {
    throw new UserError(
      `cannot make a temporary folder in ${parent}: ${messageOf(thrown)}; set TMPDIR to a folder that can be written`,
    );
  }
}

export function removeScratch(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  live.delete(folder);
}

/** Gives `use` an empty folder of its own, which is gone when it returns, throws, or the process is interrupted. */
export async function withScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeScratch("flare-units-");
  try {
    return await use(folder);
  } finally {
    removeScratch(folder);
  }
}
