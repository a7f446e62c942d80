import { ClockCycles, type Random } from "../bench/index.ts";
import type { AxisDriver } from "./axis-driver.ts";
import type { AxisRow } from "./axis-rows.ts";

/** A part of a wrapper's check. */
export type Scenario = () => Promise<void>;

/** Rows of about that many elements in all. */
export type SomeRows = (elements: number) => Iterable<AxisRow>;

/** How willing the two sides are, as the probability of a pause. */
const patterns: readonly (readonly [source: number, sink: number])[] = [
  [0.5, 0.5],
  [0, 0.6],
  [0.6, 0],
  [0.1, 0.9],
  [0.9, 0.1],
  [0.2, 0.2],
];

/** Resets: one per so many elements asked for, within bounds. */
const elementsPerReset = 512;
const resetBounds = { least: 12, most: 96 } as const;

/** Rows under every pattern of valid and ready, each with its share of the elements. */
export function underPauses(driver: AxisDriver, rows: SomeRows, elements: number): readonly Scenario[] {
  return patterns.map(([source, sink]) => async () => {
    driver.pause(source, sink);
    await driver.deliver(rows(elements / patterns.length));
  });
}

/**
 * Cuts rows off at random moments, in and between them, those of each maker in turn; what follows must come out right, with
 * nothing of the old rows.
 */
export function resetsAmongRows(
  driver: AxisDriver,
  random: Random,
  elements: number,
  makers: readonly (() => Iterable<AxisRow>)[],
  rows: () => Iterable<AxisRow>,
): Scenario {
  const { least, most } = resetBounds;
  const resets = Math.min(Math.max(Math.floor(elements / elementsPerReset), least), most);
  return async () => {
    for (let i = 0; i < resets; i++) {
      driver.pause(random.pick([0, 0.5, 0.9]), random.pick([0, 0.7, 1]));
      for (const row of makers[i % makers.length]?.() ?? []) driver.send(row);
      await ClockCycles(driver.slave.clock, 1 + random.below(30));
      await driver.reset(1 + random.below(4));
      driver.pause(random.pick([0, 0.5]), random.pick([0, 0.7]));
      await driver.deliver(rows());
    }
  };
}
