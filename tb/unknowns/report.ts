import { ReportFiles, withEarlierTime } from "../report-files.ts";
import { renderUnknowns } from "./render.ts";
import { unknownsSchema, type UnknownsModule } from "./schema.ts";

export const unknownsReport = new ReportFiles({
  name: "unknowns",
  schema: unknownsSchema,
  subject: "runs with unknowns",
  command: "npm run unknowns",
  render: renderUnknowns,
});

/**
 * Brings the report in a folder up to date with modules that were just tried; others keep their entries as long as `known` has
 * their name and spec. First come the modules as text, then netlists. Says how many of the two files changed.
 */
export function updateReport(
  folder: string,
  fresh: readonly UnknownsModule[],
  known: readonly { readonly name: string; readonly specHash: string }[],
): number {
  const before = unknownsReport.find(folder)?.modules ?? [];
  const levels = [...new Set(["rtl", ...before.map(({ level }) => level), ...fresh.map(({ level }) => level)])];
  const modules = levels.flatMap((level) =>
    known.flatMap(({ name, specHash }) => {
      const isIt = (module: UnknownsModule): boolean => module.name === name && module.level === level;
      const old = before.find((module) => isIt(module) && module.specHash === specHash);
      const now = fresh.find(isIt) ?? old;
      return now === undefined ? [] : [withEarlierTime(now, old)];
    }),
  );
  return unknownsReport.write(folder, { modules });
}
