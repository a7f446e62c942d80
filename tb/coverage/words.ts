import type { Coverage, CoverageFile } from "./schema.ts";
import type { ModuleCoverage } from "./summarise.ts";

/** What was reached of what there is. */
export interface Total {
  readonly reached: number;
  readonly of: number;
  readonly excluded: number;
  readonly holes: number;
}

export function structureTotal(
  files: readonly CoverageFile[],
  kinds: readonly ("lines" | "branches" | "toggles")[],
): Total {
  const sum = (of: (file: CoverageFile) => number): number => files.reduce((total, file) => total + of(file), 0);
  return {
    reached: sum((file) => kinds.reduce((total, kind) => total + file[kind].covered, 0)),
    of: sum((file) => kinds.reduce((total, kind) => total + file[kind].of, 0)),
    excluded: sum(({ excluded }) => excluded),
    holes: sum(({ holes }) => holes.length),
  };
}

export function functionalTotal({ modules }: Pick<Coverage, "modules">): Total {
  const groups = modules.flatMap((module) => module.groups);
  const of = groups.reduce((total, { bins }) => total + bins, 0);
  const reached = groups.reduce((total, { hit }) => total + hit, 0);
  return { reached, of, excluded: 0, holes: of - reached };
}

/** All that was not reached, a sentence each. */
export function problemsOf({ files, modules }: Coverage): string[] {
  return [
    ...files.flatMap(({ file, holes }) => holes.map((hole) => `${file}:${hole} was not reached`)),
    ...modules.flatMap(({ name, groups }) =>
      groups.flatMap((group) => group.holes.map((hole) => `${name}: ${group.name}: "${hole}" was not hit`)),
    ),
  ];
}

export function totalLine(report: Coverage): string {
  const structure = structureTotal(report.files, ["lines", "branches", "toggles"]);
  const bins = functionalTotal(report);
  return (
    `${thousands(structure.reached)} of ${thousands(structure.of)} lines, branches and toggles reached, ${thousands(structure.excluded)} excluded, ${structure.holes} holes; ` +
    `${thousands(bins.reached)} of ${thousands(bins.of)} functional bins hit, ${bins.holes} holes`
  );
}

export function moduleLine({ entry, vectors, points, groups }: ModuleCoverage): string {
  const covered = points.filter((point) => point.covered).length;
  const bins = groups.reduce((total, { group }) => total + group.bins.length, 0);
  const holes = groups.reduce((total, { group }) => total + group.holes.length, 0);
  return `${entry.name}: ${thousands(vectors)} vectors, ${thousands(covered)} of ${thousands(points.length)} points, ${thousands(bins - holes)} of ${thousands(bins)} functional bins`;
}

export function thousands(count: number): string {
  return count.toLocaleString("en-US");
}

/** Never rounded up to 100 %. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`;
}
