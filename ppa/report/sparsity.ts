import { quotient } from "./results.ts";
import type { Result } from "./schema.ts";
import type { Sweep, SweepPoint } from "./sweep.ts";
import { comparedDesigns, fusion } from "../families/index.ts";

/** What each unit takes where so much percent of the sums are not positive. */
export interface SparsityRow {
  readonly sparsity: number;
  /** By unit, at the frequency that units share. */
  readonly results: ReadonlyMap<string, Result>;
  /** FLARE : FIRE+ReLU, energy per element at the same frequency. */
  readonly ratio: number | undefined;
}

export function isSparsity(sweep: Sweep): boolean {
  return sweep.axes.some(({ name }) => name === "sparsity");
}

/** The units of a sweep, those of the catalogue in its order first. */
export function unitsOf(sweep: Sweep): readonly string[] {
  const units = [...new Set(sweep.points.map(({ report }) => report.unit))];
  const known = comparedDesigns.map(({ design }) => design).filter((unit) => units.includes(unit));
  return [...known, ...units.filter((unit) => !known.includes(unit))];
}

/** A sweep whose only axis is sparsity, for each combination of what else was varied. */
export function bySparsity(sweep: Sweep): readonly Sweep[] {
  const others = sweep.axes.filter(({ name }) => name !== "sparsity").map(({ name }) => name);
  const place = ({ axes }: SweepPoint): string => others.map((name) => `-${name}${axes[name] ?? ""}`).join("");
  const axes = sweep.axes.filter(({ name }) => name === "sparsity");
  return [...new Set(sweep.points.map(place))].map((suffix) => ({
    ...sweep,
    name: `${sweep.name}${suffix}`,
    axes,
    points: sweep.points.filter((point) => place(point) === suffix),
  }));
}

/** A row for each value of the axis. */
export function sparsityRows(sweep: Sweep): readonly SparsityRow[] {
  const values = sweep.axes.find(({ name }) => name === "sparsity")?.values ?? [];
  return values.map(Number).map((sparsity) => {
    const points = sweep.points.filter(({ axes }) => Number(axes["sparsity"]) === sparsity);
    const results = new Map(points.flatMap(({ report }) => entryOf(report)));
    return { sparsity, results, ratio: ratioOf(results) };
  });
}

function entryOf({ unit, results = [], commonMHz }: SweepPoint["report"]): [string, Result][] {
  const common = results.find(({ atMHz }) => atMHz === commonMHz);
  return common === undefined ? [] : [[unit, common]];
}

function ratioOf(results: ReadonlyMap<string, Result>): number | undefined {
  const of = (unit: string): Result | undefined => [...results].find(([name]) => name.startsWith(`${unit}_`))?.[1];
  const [fused, unfused] = [of(fusion.fused), of(fusion.unfused)];
  if (fused?.atMHz !== unfused?.atMHz) return undefined;
  return quotient(fused?.energyPerElementPj, unfused?.energyPerElementPj);
}
