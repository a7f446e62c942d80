import { randomUUID } from "node:crypto";
import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { environment } from "./terminal.ts";
import { codeOf, messageOf, UserError } from "./user-error.ts";

/** In a package of npm this is JavaScript, one folder deeper than the source in a checkout. */
const isPackage = import.meta.url.endsWith(".js");

/** The top folder of the project or its package, wherever it is and from wherever it is called. */
export const projectRoot = fileURLToPath(new URL(isPackage ? "../../../" : "../../", import.meta.url));

/** What results go into: the checkout, or the folder in which a package is used. */
export const workFolder = isPackage ? process.cwd() : projectRoot;

/** Where the generated designs are, and what was measured of them, unless a command line says otherwise. */
export const rtlFolder = join(workFolder, "rtl");
export const reportsFolder = join(workFolder, "reports");

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

/** Makes a symbolic link, for a tool that is to read a file by a name of our own. */
export function linkFile(path: string, link: string): void {
  try {
    symlinkSync(resolve(path), link);
  } catch (thrown) {
    throw cannotWrite(link, thrown);
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
      : elsewhere(path, "choose a place that can be written");
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
    throw new UserError(`cannot make the folder ${path}: ${why}; ${elsewhere(path, "choose another folder")}`);
  }
}

/** The remedy for a place that cannot be used: of cached results a variable says where they go, of others an option. */
function elsewhere(path: string, other: string): string {
  return path.startsWith(cacheFolder()) ? "set FLARE_CACHE to a folder that can be written" : other;
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

/**
 * Where results that can be made again are kept: `FLARE_CACHE` if it is set, else `.cache/` in the checkout (ignored by git), or, of a package and
 * if that cannot be written, `flare-units/` in the user's own cache folder (`XDG_CACHE_HOME`, by default `~/.cache`).
 */
export function cacheFolder(): string {
  const { FLARE_CACHE: chosen, XDG_CACHE_HOME: own = "" } = environment();
  if (chosen !== undefined && chosen !== "") return chosen;
  // XDG demands an absolute path; any other is to be ignored.
  const users = join(isAbsolute(own) ? own : join(homedir(), ".cache"), "flare-units");
  return isPackage ? users : firstWritable(join(projectRoot, ".cache"), users);
}

const writable = new Map<string, boolean>();

/** The first of two folders if files can be made in it, else the second, whatever that is. */
export function firstWritable(preferred: string, other: string): string {
  const known = writable.get(preferred) ?? isWritable(preferred);
  writable.set(preferred, known);
  return known ? preferred : other;
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false; // Read-only, another user's, or a file is in its place.
  }
}
