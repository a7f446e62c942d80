import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, ensureFolder } from "../../gen/host/files.ts";
import { codeOf, invariant } from "../../gen/host/user-error.ts";

/** Folders being filled; removed when the process ends in the middle. */
const unfinished = new Set<string>();
const inProgress = new Map<string, Promise<string>>();
let guarded = false;

/**
 * The path of a binary file that `produce` makes in a folder of its own, kept by content under the cache folder.
 *
 * - `key` is a hash of everything the file depends on;
 * - the file is made in a temporary neighbour that is renamed when whole, so several processes may build the same key;
 * - its SHA-256 lies beside it: an entry that was truncated or altered is dropped and made again.
 */
export function cachedArtifact(
  kind: string,
  key: string,
  fileName: string,
  produce: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder(), kind, key);
  const running = inProgress.get(folder);
  if (running !== undefined) return running;
  const made = obtain(folder, fileName, produce).finally(() => inProgress.delete(folder));
  inProgress.set(folder, made);
  return made;
}

async function obtain(folder: string, fileName: string, produce: (folder: string) => Promise<void>): Promise<string> {
  const path = join(folder, fileName);
  if (isIntact(path)) return path;
  discard(folder);
  const temporary = `${folder}.tmp-${randomUUID()}`;
  guardExit();
  unfinished.add(temporary);
  try {
    ensureFolder(join(folder, ".."));
    mkdirSync(temporary);
    await produce(temporary);
    const made = join(temporary, fileName);
    invariant(existsSync(made), `the build of ${fileName} left no file ${made}`);
    writeFileSync(checksumPath(made), checksum(made));
    publish(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    unfinished.delete(temporary);
  }
  invariant(isIntact(path), `${path} is not what was just built; is something else writing to the cache folder?`);
  return path;
}

/** Moves the finished folder into place; where another process was faster, its result stays. */
function publish(temporary: string, folder: string): void {
  try {
    renameSync(temporary, folder);
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw thrown;
  }
}

function discard(folder: string): void {
  if (!existsSync(folder)) return;
  const aside = `${folder}.tmp-${randomUUID()}`;
  try {
    renameSync(folder, aside);
  } catch (thrown) {
    if (codeOf(thrown) !== "ENOENT") throw thrown;
  }
  rmSync(aside, { recursive: true, force: true });
}

function isIntact(path: string): boolean {
  try {
    return readFileSync(checksumPath(path), "utf8") === checksum(path);
  } catch {
    return false;
  }
}

function checksum(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function checksumPath(path: string): string {
  return `${path}.sha256`;
}

function guardExit(): void {
  if (guarded) return;
  guarded = true;
  process.on("exit", () => {
    for (const folder of unfinished) rmSync(folder, { recursive: true, force: true });
  });
}
