import type { InstancePower, PowerShares } from "../../../ppa/power/report.ts";

/** An instance that two analyses do not agree on. */
export interface PowerDifference {
  readonly name: string;
  readonly cell: string;
  /** Where most of the difference is. */
  readonly share: "internal" | "switching" | "leakage";
  /** Ours less theirs of that share, watts. */
  readonly watts: number;
  /** The same as a part of theirs of that share; infinite where theirs is 0. */
  readonly relative: number;
}

const shares = [
  ["internal", "internalW"],
  ["switching", "switchingW"],
  ["leakage", "leakageW"],
] as const;

/**
 * The instances that differ most, the largest difference first. One that the other analysis lacks counts as 0 there.
 */
export function largestDifferences(
  ours: readonly InstancePower[],
  theirs: ReadonlyMap<string, PowerShares>,
  count: number,
): readonly PowerDifference[] {
  const nothing: PowerShares = { internalW: 0, switchingW: 0, leakageW: 0 };
  const differences = ours.map((instance): PowerDifference => {
    const other = theirs.get(instance.name) ?? nothing;
    const { name, cell } = instance;
    return shares
      .map(([share, key]) => {
        const watts = instance[key] - other[key];
        return { name, cell, share, watts, relative: watts === 0 ? 0 : watts / Math.abs(other[key]) };
      })
      .reduce((most, one) => (Math.abs(one.watts) > Math.abs(most.watts) ? one : most));
  });
  return differences.sort((a, b) => Math.abs(b.watts) - Math.abs(a.watts)).slice(0, count);
}
