import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const live = new Set<string>();

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  live.delete(folder);
}

let guarded = false;

/** Gives `use` an empty folder of its own, which is gone when it returns, throws, or the process is interrupted. */
export async function withScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
  if (!guarded) {
    guarded = true;
    process.on("exit", () => {
      live.forEach(remove);
    });
  }
  const folder = mkdtempSync(join(tmpdir(), "flare-units-"));
  live.add(folder);
  try {
    return await use(folder);
  } finally {
    remove(folder);
  }
}
