import { invariant } from "../../gen/host/user-error.ts";
import { cyclesPerSecond, type Measurement } from "./measure.ts";
import type { Way } from "./schema.ts";

/** Ways to simulate, each measured once in a round, the yardstick first. */
export type Round = readonly Measurement[];

/**
 * Sums up rounds. Ratios are taken within a round, whose measurements follow each other within seconds, and so hold on
 * a machine that is now quick and now slow; rates are only as steady as the machine.
 */
export function summarise(rounds: readonly Round[]): Way[] {
  const [first = []] = rounds;
  return first.map(({ name, cycles }, way) => {
    const rates = rounds.map((round) => rateOf(round, way));
    const ratios = rounds.map((round, i) => (rates[i] ?? NaN) / rateOf(round, 0));
    return {
      name,
      cycles,
      cyclesPerSecond: Math.round(median(rates)),
      ofBareLoop: {
        median: significant(median(ratios)),
        least: significant(Math.min(...ratios)),
        most: significant(Math.max(...ratios)),
      },
    };
  });
}

function rateOf(round: Round, way: number): number {
  const measurement = round[way];
  invariant(measurement !== undefined, "every round measures every way");
  return cyclesPerSecond(measurement);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = NaN, high = NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}

/** Three digits: more do not come back in another run. */
function significant(value: number): number {
  return Number(value.toPrecision(3));
}
