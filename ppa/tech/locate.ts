import { readdirSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { environment } from "../../gen/host/terminal.ts";
import { matches, type LibrarySources, type Technology } from "./technology.ts";

/** The technology's Liberty files on this machine, in the descriptor's order; undefined where they are not all there. */
export function locate(technology: Technology, env = environment()): readonly string[] | undefined {
  const { sources } = technology;
  switch (sources.kind) {
    case "given":
      return sources.files;
    case "search":
      return search(sources, env);
    default:
      return sources satisfies never;
  }
}

function search(
  sources: LibrarySources & { kind: "search" },
  env: ReturnType<typeof environment>,
): readonly string[] | undefined {
  const roots = (env["PDK_ROOT"] ?? "")
    .split(delimiter)
    .filter((root) => root !== "")
    .map((root) => resolve(root));
  for (const pattern of sources.folders) {
    const folders = pattern.includes("{PDK_ROOT}")
      ? roots.map((root) => pattern.replace("{PDK_ROOT}", () => root))
      : [pattern];
    for (const folder of folders.flatMap(expand)) {
      const names = namesIn(folder);
      const found = sources.files.map((file) => newest(names, file));
      if (found.every((name) => name !== undefined)) return found.map((name) => join(folder, name));
    }
  }
  return undefined;
}

/** The folders that a path with `*` for whole names stands for; the last in the order of names first. */
function expand(path: string): string[] {
  const star = path.indexOf("/*/");
  if (star < 0) return [path];
  const before = path.slice(0, star);
  const names = namesIn(before).sort().reverse();
  return names.flatMap((name) => expand(join(before, name, path.slice(star + 3))));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Not there, or not a folder: the search goes on.
  }
}

/** The last name that fits (dates sort by name), the uncompressed one of two. */
function newest(names: readonly string[], pattern: string): string | undefined {
  const fitting = (suffix: string): string | undefined =>
    names
      .filter((name) => matches(`${pattern}${suffix}`, name))
      .sort()
      .at(-1);
  return fitting("") ?? fitting(".gz");
}
