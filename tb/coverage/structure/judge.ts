import type { Exclusion } from "./exclusions.ts";
import type { Point } from "./points.ts";

/** What became of the points that were not reached. */
export interface Verdict {
  /** All points; those that are proved constant are not covered. */
  readonly points: readonly Point[];
  /** Not reached, and no exclusion has them. */
  readonly holes: readonly Point[];
  readonly excluded: readonly ExcludedPoints[];
  /** Sentences about exclusions that match nothing, or what was reached. */
  readonly stale: readonly string[];
}

export interface ExcludedPoints {
  readonly exclusion: Exclusion;
  readonly points: readonly Point[];
}

/**
 * Holds points against the exclusions. Entries of files without any point are left out: those files were not run. `sourceLine`
 * gives a line of a file's text.
 */
export function judgePoints(
  points: readonly Point[],
  exclusions: readonly Exclusion[],
  sourceLine: (file: string, line: number) => string,
): Verdict {
  const excludedPoints = new Set<Point>();
  const constant = new Set<Point>();
  const stale: string[] = [];
  const excluded = exclusions.map((exclusion): ExcludedPoints => {
    const matched = exclusion.files.flatMap((file) => {
      const inFile = points.filter((point) => point.file === file);
      if (inFile.length === 0) return [];
      return wanted(exclusion).flatMap(({ title, matches }) => {
        const found = inFile.filter((point) => matches(point, sourceLine(point.file, point.line)));
        if (found.length === 0) stale.push(`${file} has no ${title}, which is excluded; remove it from the exclusions`);
        if (found.some((point) => excludedPoints.has(point)))
          stale.push(`${title} of ${file} is excluded twice; remove it from the exclusions`);
        const reached = found.filter(({ covered }) => covered);
        if (reached.length > 0 && exclusion.constant === undefined)
          stale.push(`${title} of ${file} is excluded but was reached; remove it from the exclusions`);
        return found;
      });
    });
    for (const point of matched) {
      excludedPoints.add(point);
      if (exclusion.constant !== undefined) constant.add(point);
    }
    return { exclusion, points: matched };
  });
  return {
    points: points.map((point) => (constant.has(point) ? { ...point, covered: false } : point)),
    holes: points.filter((point) => !point.covered && !excludedPoints.has(point)),
    excluded: excluded.filter(({ points: matched }) => matched.length > 0),
    stale,
  };
}

interface Wanted {
  readonly title: string;
  readonly matches: (point: Point, source: string) => boolean;
}

function wanted({ bits = [], functions = [] }: Exclusion): Wanted[] {
  return [
    ...bits.flatMap(eachBit).map((bit): Wanted => ({
      title: `bit ${bit}`,
      matches: ({ kind, name }) => kind === "toggle" && name === bit,
    })),
    ...functions.map((name): Wanted => ({
      title: `function ${name}`,
      matches: (point, source) =>
        point.kind === "line" &&
        point.name === "block" &&
        source.includes("function automatic") &&
        source.includes(` ${name}(`),
    })),
  ];
}

/** `a[0..2][15]` as `a[0][15]`, `a[1][15]`, `a[2][15]`. */
export function eachBit(pattern: string): string[] {
  const [, before = "", from = "", to = "", after = ""] = /^(.*?)\[(\d+)\.\.(\d+)\](.*)$/.exec(pattern) ?? [];
  if (from === "") return [pattern];
  const count = Number(to) - Number(from) + 1;
  return Array.from({ length: count }, (_, i) => `${before}[${Number(from) + i}]${after}`).flatMap(eachBit);
}
