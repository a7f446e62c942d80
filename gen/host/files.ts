import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { codeOf, messageOf, UserError } from "./user-error.ts";

/** The top folder of the project, wherever it is checked out and from wherever it is called. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Writes a file whole: to a neighbour first, then renamed, so that no reader sees half of it. Not by write-file-atomic (7.0.1), which takes
 * a write cut short for a whole one: on a full disk its files end early, without an error.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  ensureFolder(dirname(path));
  const neighbour = `${path}.${process.pid}-${randomUUID()}`;
  try {
    writeFileSync(neighbour, content, { flush: true });
    renameSync(neighbour, path);
  } catch (thrown) {
    rmSync(neighbour, { force: true });
    throw cannotWrite(path, thrown);
  }
}

/** Writes a file that no one else reads while it is written, or says why it cannot be. */
export function writePlain(path: string, content: string | Uint8Array, mode = 0o666): void {
  try {
    writeFileSync(path, content, { mode });
  } catch (thrown) {
    throw cannotWrite(path, thrown);
  }
}

/** Gives a finished file its name, where it may replace an older one. */
export function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (thrown) {
    throw cannotWrite(to, thrown);
  }
}

/** What to say where the system refuses to write. */
export function cannotWrite(path: string, thrown: unknown): UserError {
  const code = codeOf(thrown) ?? "";
  const isFull = ["ENOSPC", "EDQUOT", "EFBIG"].includes(code);
  // Folders are made before anything is written to them.
  const isGone = code === "ENOENT";
  const remedy = isFull
    ? "free some space"
    : isGone
      ? "its folder is gone: run it again"
      : "choose a place that can be written";
  return new UserError(`cannot write ${path}: ${messageOf(thrown)}; ${remedy}`);
}

/** Writes only when the content differs, so that time stamps speak of changes; says whether it wrote. */
export function writeIfChanged(path: string, content: string): boolean {
  if (readIfExists(path) === content) return false;
  writeWhole(path, content);
  return true;
}

/** Makes a folder (and its parents), or says why it cannot be one. */
export function ensureFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (thrown) {
    const code = codeOf(thrown);
    const why = code === "EEXIST" || code === "ENOTDIR" ? "a file is in its place" : messageOf(thrown);
    throw new UserError(`cannot make the folder ${path}: ${why}; choose another folder`);
  }
}

export function readIfExists(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new UserError(`cannot read ${path}: ${messageOf(thrown)}`);
  }
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Where results that can be made again are kept (ignored by git); `FLARE_CACHE` moves it. */
export function cacheFolder(): string {
  return process.env["FLARE_CACHE"] ?? join(projectRoot, ".cache");
}
