import { quotient, type Measured } from "./results.ts";
import type { Result } from "./schema.ts";
import type { Sweep } from "./sweep.ts";

/** FLARE and FIRE+ReLU where so much percent of the sums are not positive. */
export interface SparsityRow {
  readonly sparsity: number;
  readonly atMHz: number;
  readonly unfusedPj: number | undefined;
  readonly fusedPj: number | undefined;
  readonly ratio: number | undefined;
}

export function isSparsity(sweep: Sweep): boolean {
  return sweep.axes.some(({ name }) => name === "sparsity");
}

/** A row for each value of the axis, at the lowest frequency that was measured: the one that the units share. */
export function sparsityRows(sweep: Sweep): readonly SparsityRow[] {
  const values = sweep.axes.find(({ name }) => name === "sparsity")?.values ?? [];
  return values.map(Number).map((sparsity) => {
    const points = sweep.points.filter(({ axes }) => Number(axes["sparsity"]) === sparsity);
    const at = (unit: string): Result | undefined =>
      sharedResult(points.map(({ report }) => report).filter((report) => report.unit.startsWith(unit)));
    const [unfused, fused] = [at("fire_relu"), at("flare")];
    const same = unfused?.atMHz === fused?.atMHz;
    return {
      sparsity,
      atMHz: (unfused ?? fused)?.atMHz ?? NaN,
      unfusedPj: unfused?.energyPerElementPj,
      fusedPj: fused?.energyPerElementPj,
      ratio: same ? quotient(fused?.energyPerElementPj, unfused?.energyPerElementPj) : undefined,
    };
  });
}

function sharedResult(reports: readonly Measured[]): Result | undefined {
  return reports
    .flatMap((report) => report.results ?? [])
    .toSorted((a, b) => a.atMHz - b.atMHz)
    .at(0);
}
