import { join } from "node:path";
import { ensureFolder, readIfExists, writeIfChanged } from "../../gen/host/files.ts";
import { printStored, readStored } from "../../gen/host/stored.ts";
import { renderUnknowns } from "./render.ts";
import { unknownsSchema, type Unknowns, type UnknownsModule } from "./schema.ts";

/** The text of `unknowns.json`. */
export function printUnknowns(report: Unknowns): string {
  return printStored(unknownsSchema, report);
}

export function readUnknowns(path: string): Unknowns {
  return readStored(
    path,
    unknownsSchema,
    "is no report of runs with unknowns",
    "remove it, and make it again with `npm run unknowns`",
  );
}

/** What a folder's report holds so far; a `UserError` where it cannot be read, or where there can be none. */
export function modulesReported(folder: string): readonly UnknownsModule[] {
  ensureFolder(folder);
  const path = join(folder, "unknowns.json");
  return readIfExists(path) === undefined ? [] : readUnknowns(path).modules;
}

/**
 * Brings the report in a folder up to date with modules that were just tried; others keep their entries as long as `known` has
 * their name and spec. First come the modules as text, then netlists. Says how many of the two files changed.
 */
export function updateReport(
  folder: string,
  fresh: readonly UnknownsModule[],
  known: readonly { readonly name: string; readonly specHash: string }[],
): number {
  const before = modulesReported(folder);
  const levels = [...new Set(["rtl", ...before.map(({ level }) => level), ...fresh.map(({ level }) => level)])];
  const modules = levels.flatMap((level) =>
    known.flatMap(({ name, specHash }) => {
      const isIt = (module: UnknownsModule): boolean => module.name === name && module.level === level;
      const old = before.find((module) => isIt(module) && module.specHash === specHash);
      const now = fresh.find(isIt) ?? old;
      return now === undefined ? [] : [withEarlierTime(now, old)];
    }),
  );
  const files = [
    ["unknowns.json", printUnknowns({ modules })],
    ["unknowns.md", renderUnknowns({ modules })],
  ] as const;
  return files.filter(([name, text]) => writeIfChanged(join(folder, name), text)).length;
}

/** No two runs take the same time: without news in the rest, the earlier figure stands. */
function withEarlierTime(now: UnknownsModule, old: UnknownsModule | undefined): UnknownsModule {
  if (old === undefined) return now;
  const sameAgain = { ...now, measured: old.measured };
  return JSON.stringify(sameAgain) === JSON.stringify(old) ? old : now;
}
