import type { ModuleEntry } from "../../gen/manifest.ts";
import type { Counted } from "./functional/counted.ts";
import type { Coverage, CoverageFile, CoverageGroup } from "./schema.ts";
import type { Exclusion } from "./structure/exclusions.ts";
import type { Verdict } from "./structure/judge.ts";
import { shownPoint, type Point, type PointKind } from "./structure/points.ts";

/** One module's run. */
export interface ModuleCoverage {
  readonly entry: ModuleEntry;
  readonly vectors: number;
  /** What building and checking it took. */
  readonly seconds: number;
  readonly points: readonly Point[];
  readonly groups: readonly Counted[];
}

export function moduleOf({ entry, vectors, groups }: ModuleCoverage): Coverage["modules"][number] {
  return { name: entry.name, specHash: entry.specHash, vectors, groups: groups.map(groupOf) };
}

function groupOf({ plan, group, impossible }: Counted): CoverageGroup {
  const holes = [...group.holes];
  const why = plan.impossible?.why;
  return {
    name: plan.name,
    bins: group.bins.length,
    hit: group.bins.length - holes.length,
    holes,
    ...(why === undefined || impossible === 0 ? {} : { impossible: { combinations: impossible, why } }),
  };
}

/** The files in the order in which the modules name them. */
export function filesOf(
  runs: readonly Pick<ModuleCoverage, "entry">[],
  { points, holes, excluded }: Verdict,
): CoverageFile[] {
  const names = [...new Set(runs.flatMap(({ entry }) => entry.files))];
  return names.map((file) => {
    const own = points.filter((point) => point.file === file);
    const tally = (kind: PointKind): CoverageFile["lines"] => {
      const ofKind = own.filter((point) => point.kind === kind);
      return { covered: ofKind.filter(({ covered }) => covered).length, of: ofKind.length };
    };
    return {
      file,
      modules: runs.filter(({ entry }) => entry.files.includes(file)).map(({ entry }) => entry.name),
      lines: tally("line"),
      branches: tally("branch"),
      toggles: tally("toggle"),
      excluded: excluded.flatMap(({ points: matched }) => matched).filter((point) => point.file === file).length,
      holes: holes.filter((point) => point.file === file).map(shownPoint),
    };
  });
}

/** Those of one reason and value are one entry. */
export function exclusionsOf({ excluded }: Verdict): Coverage["exclusions"] {
  const alike = new Map<string, { readonly exclusion: Exclusion; readonly points: Point[] }>();
  for (const { exclusion, points } of excluded) {
    const key = `${exclusion.constant ?? ""} ${exclusion.reason}`;
    alike.set(key, { exclusion, points: [...(alike.get(key)?.points ?? []), ...points] });
  }
  return [...alike.values()].map(({ exclusion: { reason, constant }, points }) => ({
    reason,
    ...(constant === undefined ? {} : { constant }),
    points: points.length,
    places: [...new Set(points.map(({ file }) => file))].map((file) => ({
      file,
      points: points.filter((point) => point.file === file).map(shownPoint),
    })),
  }));
}
