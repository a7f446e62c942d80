import { parseFormat } from "../../gen/numeric/format.ts";
import type { SoftmaxSpec } from "../../gen/spec.ts";
import { ClockCycles, type Beat, type Random } from "../bench/index.ts";
import { gaussianRow } from "../bench/stimulus/softmax/scores.ts";
import { inTurn, namedRows, softmaxSuites, upTo, type NamedRow } from "../bench/stimulus/softmax/suites.ts";
import { axisCodec, type AxisCodec } from "./axis-codec.ts";
import type { AxisDriver } from "./axis-driver.ts";
import type { AxisRow, ExpectedBeat } from "./axis-rows.ts";
import { resetsInMidRow, underPauses, type Scenario } from "./axis-scenarios.ts";
import type { CheckContext } from "./context.ts";
import { isolatedRows, sustainedRows } from "./axis-softmax-rate.ts";
import { elementFacts, junkScore, RowChecker } from "./softmax-row.ts";

const bf16 = parseFormat("bf16");
/** Beats of the longest random row under pauses, where a beat costs many cycles. */
const mostBeatsUnderPauses = 40;
/** Elements of the longest directed row that goes through the wrapper; the core's check has them all. */
const mostDirected = 100;
const resets = 6;
/** Beats beyond the buffer of a row that a reset cuts off there. */
const graceBeats = 8;

export function softmaxCodec(spec: SoftmaxSpec, random: Random): AxisCodec {
  return axisCodec(bf16, spec.lanes, 1, () => junkScore(random));
}

/**
 * Latency and rate; short directed rows; random rows of different lengths back to back under every pattern of pauses; the
 * longest rows and rows longer than that; resets in mid-row, between the passes and while results wait.
 */
export function softmaxScenarios(
  driver: AxisDriver,
  codec: AxisCodec,
  context: CheckContext<SoftmaxSpec>,
  random: Random,
  elements: number,
): readonly Scenario[] {
  const { spec, seed } = context;
  const { lanes, maxLength } = spec;
  const checker = new RowChecker(spec);
  const take = (row: NamedRow): AxisRow => axisRow(checker, row, lanes, codec);
  const gaussian = (suite: string, lengths: readonly number[]): AxisRow[] =>
    lengths.map((length, index) => take({ suite, index, scores: gaussianRow(length, 3, random) }));

  const most = Math.min(mostBeatsUnderPauses * lanes, maxLength);
  const randomRows = inTurn(ofKind("random", most), seed);
  function* rows(count: number): Iterable<AxisRow> {
    for (const row of upTo(count, randomRows)) yield take(row);
  }
  function* directed(): Iterable<AxisRow> {
    for (const suite of ofKind("directed", Math.min(mostDirected, maxLength))) {
      for (const row of namedRows(suite, seed)) yield take(row);
    }
  }
  const long = (): AxisRow[] =>
    gaussian(
      "longest and too long",
      [
        ...[maxLength, maxLength + 1, 3, maxLength + lanes, 1, 2 * maxLength + 3, lanes + 1, maxLength - 1, maxLength],
      ].filter((length) => length > 0),
    );
  const anyLength = (): number => 1 + random.below(most);

  const pausing = (source: number, sink: number, make: () => Iterable<AxisRow>) => async (): Promise<void> => {
    driver.pause(source, sink);
    await driver.deliver(make());
  };
  /** Sends rows, resets when `moment` has come, and sees that what follows is right. */
  const resetAt = (
    pauses: readonly [source: number, sink: number],
    rows: () => AxisRow[],
    moment: () => Promise<void>,
    times = resets,
  ): Scenario => {
    return async () => {
      for (let i = 0; i < times; i++) {
        driver.pause(...pauses);
        for (const row of rows()) driver.send(row);
        await moment();
        await driver.reset(1 + random.below(2));
        driver.pause(0.1, 0.1);
        await driver.deliver(gaussian("behind a reset", [anyLength(), anyLength()]));
      }
    };
  };
  const cycles = (count: number): Promise<void> => ClockCycles(driver.slave.clock, count);
  const before = (...lengths: number[]): AxisRow[] => gaussian("before a reset", lengths);
  const someRows = (): AxisRow[] => before(anyLength(), anyLength(), 1, 2, 3, anyLength());
  return [
    () => isolatedRows(driver, context, (length) => gaussian("a row by itself", [length])),
    () => sustainedRows(driver, context, (lengths) => gaussian("rows of one length", lengths)),
    pausing(0.2, 0.2, directed),
    ...underPauses(driver, rows, elements),
    pausing(0, 0, long),
    pausing(0, 0.3, long),
    resetsInMidRow(
      driver,
      random,
      () => before(20 * lanes)[0] ?? emptyRow,
      () => rows(3 * lanes),
    ),
    // Between the passes: the row has been taken, and its first result is still to come.
    resetAt(
      [0, 0],
      () => before(anyLength()),
      async () => {
        await driver.allTaken();
        await cycles(1 + random.below(context.latency));
      },
    ),
    // The sink takes nothing: results wait, and behind them the statistics of more rows.
    resetAt([0, 1], someRows, () => cycles(2 * mostBeatsUnderPauses + random.below(4 * context.latency))),
    // In the part of a row that is longer than the buffer.
    resetAt(
      [0, 0],
      () => before(maxLength + (graceBeats + 1) * lanes),
      () => driver.taken(maxLength / lanes + 1 + random.below(graceBeats)),
      2,
    ),
  ];
}

const emptyRow: AxisRow = { row: [], expected: [] };

function ofKind(kind: "directed" | "random", maxLength: number): ReturnType<typeof softmaxSuites> {
  return softmaxSuites(maxLength).filter((suite) => suite.kind === kind);
}

/** A row on the bus. */
function axisRow(checker: RowChecker, named: NamedRow, lanes: number, codec: AxisCodec): AxisRow {
  const checked = checker.take(named);
  const row: Beat[] = [];
  const expected: ExpectedBeat[] = [];
  for (let from = 0; from < checked.scores.length; from += lanes) {
    const scores = checked.scores.slice(from, from + lanes);
    const last = from + lanes >= checked.scores.length;
    row.push(codec.encode({ scores, biases: [] }, last));
    expected.push({
      beat: codec.expect(checked.results.slice(from, from + lanes), last),
      kept: scores.length,
      facts: (lane, got) => elementFacts(checked, from + lane, got),
    });
  }
  return { row, expected };
}
