import type { SoftmaxSpec } from "../../gen/spec.ts";
import { ClockCycles, type Random } from "../bench/index.ts";
import type { AxisCodec } from "./axis-codec.ts";
import type { AxisDriver } from "./axis-driver.ts";
import type { AxisRow } from "./axis-rows.ts";
import { resetsAmongRows, underPauses, type Scenario } from "./axis-scenarios.ts";
import { isolatedRows, sustainedRows } from "./axis-softmax-rate.ts";
import { mostRandomBeats, SoftmaxRows } from "./axis-softmax-rows.ts";
import type { CheckContext } from "./context.ts";

/** Longer than the engine needs to take what it can while the sink takes nothing. */
const heldCycles = 6 * mostRandomBeats;
/** Beats of a row that a reset cuts off. */
const longBeats = 20;
/** Elements of rows that a reset comes between. */
const shortRows = [1, 3, 1, 1, 2, 9, 1, 1, 2, 1, 17, 1] as const;
/** Beats, beyond the buffer, of a row that a reset cuts off there. */
const beatsBeyond = 8;

/**
 * Rows that are too long, while the memories hold what they had at power-up; latency and rate; short directed rows; random rows of different lengths back to back under every pattern of pauses; a
 * sink that takes nothing; the longest rows and rows longer than that; resets in mid-row, between the passes, while
 * results wait and behind the end of the row buffer.
 */
export function softmaxScenarios(
  driver: AxisDriver,
  codec: AxisCodec,
  context: CheckContext<SoftmaxSpec>,
  random: Random,
  elements: number,
): readonly Scenario[] {
  const { lanes, maxLength } = context.spec;
  const rows = new SoftmaxRows(context.spec, codec, context.seed, random);
  const cycles = (count: number): Promise<void> => ClockCycles(driver.slave.clock, count);
  const before = (...lengths: readonly number[]): AxisRow[] => rows.ofLengths("before a reset", lengths);
  const pausing = (source: number, sink: number, make: () => Iterable<AxisRow>) => (): Promise<void> => {
    driver.pause(source, sink);
    return driver.deliver(make());
  };
  return [
    pausing(0, 0, () => rows.tooLongAtFirst()),
    () => isolatedRows(driver, context, (length) => rows.ofLengths("a row by itself", [length])),
    () => sustainedRows(driver, context, (lengths) => rows.ofLengths("rows of one length", lengths)),
    pausing(0.2, 0.2, () => rows.directed()),
    ...underPauses(driver, (count) => rows.fromSuites(count), elements),
    () => heldBack(driver, rows),
    pausing(0, 0, () => rows.long()),
    pausing(0, 0.3, () => rows.long()),
    pausing(0.3, 0.3, () => rows.long()),
    pausing(0.75, 0, () => rows.tooLongAndSlow()),
    resetsAmongRows(
      driver,
      random,
      elements,
      [
        () => before(longBeats * lanes),
        () => before(...shortRows.map((length) => Math.min(length, maxLength))),
        () => before(...Array.from({ length: longBeats }, () => 1)),
      ],
      () => rows.fromSuites(3 * lanes),
    ),
    resetsAt(driver, rows, random, {
      // Between the passes: the row has been taken, and its first result is still to come.
      times: 6,
      sink: 0,
      rows: () => rows.some("before a reset", 1),
      moment: async () => {
        await driver.allTaken();
        await cycles(1 + random.below(context.latency));
      },
    }),
    resetsAt(driver, rows, random, {
      // Results wait for the sink, and behind them the statistics of more rows.
      times: 6,
      sink: 1,
      rows: () => rows.some("before a reset", 8),
      moment: () => cycles(1 + random.below(heldCycles)),
    }),
    resetsAt(driver, rows, random, {
      // In mid-row; the longest row finds what is left of it in pointers and counts.
      times: 2,
      sink: 0,
      rows: () => before(Math.min((longBeats + 1) * lanes, maxLength)),
      moment: () => driver.taken(Math.min(1 + random.below(longBeats), maxLength / lanes)),
      behind: [maxLength],
    }),
    resetsAt(driver, rows, random, {
      // In mid-row, where the row buffer is full and refuses what comes.
      times: 2,
      sink: 1,
      rows: () => before(maxLength, maxLength),
      moment: () => cycles(maxLength / lanes + heldCycles + random.below(longBeats)),
    }),
    resetsAt(driver, rows, random, {
      // While results of a row come, and are held back now and then.
      times: 8,
      sink: 0.6,
      rows: () => before(Math.min(longBeats * lanes, maxLength)),
      moment: async () => {
        await driver.allTaken();
        await cycles(context.latency + random.below(longBeats));
      },
    }),
    resetsAt(driver, rows, random, {
      // In the part of a row that is longer than the buffer.
      times: 2,
      sink: 0,
      rows: () => before(maxLength + (beatsBeyond + 1) * lanes),
      moment: () => driver.taken(maxLength / lanes + 1 + random.below(beatsBeyond)),
    }),
    resetsAt(driver, rows, random, {
      // There, when a source that has become slow is all that results wait for.
      times: 2,
      sink: 0,
      rows: () => before(maxLength + Math.ceil(maxLength / 2)),
      moment: async () => {
        await driver.taken(maxLength / lanes + 1);
        driver.pause(0.9, 0);
        await cycles(Math.ceil((1.25 * maxLength) / lanes) + random.below(longBeats));
      },
    }),
  ];
}

/** The sink takes nothing until everything stands still, and then all there is. */
async function heldBack(driver: AxisDriver, rows: SoftmaxRows): Promise<void> {
  driver.pause(0, 1);
  for (const row of rows.some("held back", 8)) driver.send(row);
  await ClockCycles(driver.slave.clock, heldCycles);
  driver.pause(0, 0);
  await driver.deliver(rows.some("behind rows held back", 2));
}

/** A state of the engine that a reset must wipe out. */
interface ResetPlan {
  readonly times: number;
  /** The probability that the sink pauses. */
  readonly sink: number;
  rows(): readonly AxisRow[];
  /** Comes to an end when the state is reached. */
  moment(): Promise<void>;
  /** Lengths of the rows that follow; otherwise, a few of any length. */
  readonly behind?: readonly number[];
}

/** Sends rows, resets when the moment has come, and sees that what follows is right. */
function resetsAt(driver: AxisDriver, rows: SoftmaxRows, random: Random, plan: ResetPlan): Scenario {
  return async () => {
    for (let i = 0; i < plan.times; i++) {
      driver.pause(0, plan.sink);
      for (const row of plan.rows()) driver.send(row);
      await plan.moment();
      await driver.reset(1 + random.below(2));
      driver.pause(0.1, 0.1);
      const suite = "behind a reset";
      await driver.deliver(plan.behind === undefined ? rows.some(suite, 3) : rows.ofLengths(suite, plan.behind));
    }
  };
}
