import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cacheFolder, cannotWrite, ensureFolder, writePlain } from "../../gen/host/files.ts";
import { codeOf, UserError } from "../../gen/host/user-error.ts";

/** Folders being filled; removed when the process ends in the middle. */
const unfinished = new Set<string>();
const inProgress = new Map<string, Promise<string>>();
let guarded = false;

/**
 * The path of a binary file that `produce` makes in a folder of its own, kept by content under the cache folder.
 *
 * - `key` is a hash of everything the file depends on;
 * - the file is made in a temporary neighbour that is renamed when whole, so several processes may build the same key;
 * - a SHA-256 of it and its key lies beside it: an entry that was truncated, altered or exchanged is dropped and made again.
 *
 * @throws UserError where the cache cannot be written
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

/** A second one is for an entry that another process drops or damages while we look. */
const attempts = 2;

async function obtain(folder: string, fileName: string, produce: (folder: string) => Promise<void>): Promise<string> {
  const path = join(folder, fileName);
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (isIntact(path)) return path;
    try {
      discard(folder);
      await make(folder, fileName, produce);
    } catch (thrown) {
      throw codeOf(thrown) === undefined ? thrown : cannotWrite(path, thrown);
    }
  }
  if (isIntact(path)) return path;
  throw new UserError(
    `${path} is not what was just built: something else writes to the cache; run it again, or set FLARE_CACHE to another folder`,
  );
}

/** Makes an entry aside and moves it into place. */
async function make(folder: string, fileName: string, produce: (folder: string) => Promise<void>): Promise<void> {
  const temporary = `${folder}.tmp-${randomUUID()}`;
  guardExit();
  ensureFolder(temporary);
  unfinished.add(temporary);
  try {
    await produce(temporary);
    const made = join(temporary, fileName);
    writePlain(checksumPath(made), checksum(basename(folder), made));
    publish(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    unfinished.delete(temporary);
  }
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
    return readFileSync(checksumPath(path), "utf8") === checksum(basename(dirname(path)), path);
  } catch {
    return false;
  }
}

/** Of the key too: an entry that was copied from another's place is not intact. */
function checksum(key: string, path: string): string {
  return createHash("sha256").update(`${key}\n`).update(readFileSync(path)).digest("hex");
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
