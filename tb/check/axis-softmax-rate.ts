import type { SoftmaxSpec } from "../../gen/spec.ts";
import type { AxisDriver } from "./axis-driver.ts";
import type { AxisRow } from "./axis-rows.ts";
import type { CheckContext } from "./context.ts";
import { CheckFailure } from "./outcome.ts";

/** Rows that are timed by themselves, in beats. */
const timedBeats = [1, 2, 9, 33] as const;

/** Rows one at a time, nobody pauses: a beat is taken in every cycle, and the first result comes after the latency. */
export async function isolatedRows(
  driver: AxisDriver,
  { spec, latency }: CheckContext<SoftmaxSpec>,
  make: (length: number) => Iterable<AxisRow>,
): Promise<void> {
  driver.pause(0, 0);
  for (const beats of timedBeats.filter((count) => count * spec.lanes <= spec.maxLength)) {
    await driver.deliver(make(beats * spec.lanes));
    const [first = NaN] = driver.inCycles;
    const last = first + beats - 1;
    const lastTaken = driver.inCycles.at(-1) ?? NaN;
    if (lastTaken !== last) throw slow(`s_axis took the last of ${beats} beats`, lastTaken, last, latency);
    const [result = NaN] = driver.outCycles;
    const due = last + latency;
    if (result !== due) throw slow(`m_axis gave the first result of ${beats} beats`, result, due, latency);
  }
}

function slow(what: string, cycle: number, due: number, latency: number): CheckFailure {
  const sentence = `${what} at cycle ${cycle}, not at cycle ${due}, although neither side paused`;
  const facts = [["latency", `${latency} cycles from last beat to result`]] as const;
  return new CheckFailure({ kind: "timing", sentence, cycle: due, facts });
}

/** What a wrapper sustains: a row of N elements every N / lanes + 2 cycles, for rows of at least so many beats, ... */
const sustained = { overhead: 2, leastBeats: 16, mostBeats: 128 } as const;
/** ... where this many of them fit into the row buffer. */
const rowsInBuffer = 4;
const rows = 8;
/** Rows before the stream of rows is steady. */
const warmUp = 2;

/** Rows of one length back to back, nobody pauses: one row per as many cycles as are promised, in and out. */
export async function sustainedRows(
  driver: AxisDriver,
  { spec }: CheckContext<SoftmaxSpec>,
  make: (lengths: readonly number[]) => Iterable<AxisRow>,
): Promise<void> {
  const { lanes, maxLength } = spec;
  const beats = Math.min(sustained.mostBeats, Math.floor(maxLength / lanes / rowsInBuffer));
  if (beats < sustained.leastBeats) return;
  driver.pause(0, 0);
  await driver.deliver(make(Array.from({ length: rows }, () => beats * lanes)));
  const most = beats + sustained.overhead;
  for (const [what, cycles] of [
    ["s_axis takes", driver.inCycles],
    ["m_axis gives", driver.outCycles],
  ] as const) {
    for (let row = warmUp; row + 1 < rows; row++) {
      const [start = NaN, end = NaN] = [cycles[row * beats], cycles[(row + 1) * beats]];
      if (end - start <= most) continue;
      const sentence = `${what} a row of ${beats} beats in ${end - start} cycles at cycle ${start}, not in ${most} at most`;
      throw new CheckFailure({
        kind: "timing",
        sentence,
        cycle: end,
        facts: [["rate", `a row per beats + ${sustained.overhead} cycles`]],
      });
    }
  }
}
