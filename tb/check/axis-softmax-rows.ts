import type { SoftmaxSpec } from "../../gen/spec.ts";
import type { Beat, Random } from "../bench/index.ts";
import { gaussianRow } from "../bench/stimulus/softmax/scores.ts";
import { inTurn, namedRows, softmaxSuites, upTo, type NamedRow } from "../bench/stimulus/softmax/suites.ts";
import { axisCodec, type AxisCodec } from "./axis-codec.ts";
import type { AxisRow, ExpectedBeat } from "./axis-rows.ts";
import { elementFacts, junkScore, RowChecker } from "./softmax-row.ts";

/** Beats of the longest random row: under pauses a beat costs many cycles. */
export const mostRandomBeats = 40;
/** Elements of the longest directed row that goes through the wrapper; the core's check has them all. */
const mostDirected = 100;

export function softmaxCodec(spec: SoftmaxSpec, random: Random): AxisCodec {
  return axisCodec(spec.format, spec.lanes, 1, () => junkScore(random));
}

/** Rows for a wrapper of softmax, on the bus, with what must come of them. */
export class SoftmaxRows {
  private readonly checker: RowChecker;
  private readonly randomRows: Iterator<NamedRow, void, undefined>;
  private readonly mostRandom: number;

  constructor(
    private readonly spec: SoftmaxSpec,
    private readonly codec: AxisCodec,
    private readonly seed: number,
    private readonly random: Random,
  ) {
    this.checker = new RowChecker(spec);
    this.mostRandom = Math.min(mostRandomBeats * spec.lanes, spec.maxLength);
    this.randomRows = inTurn(suitesOf("random", this.mostRandom), seed);
  }

  /** The next rows of the random suites, in turn, of about that many elements in all. */
  *fromSuites(elements: number): Iterable<AxisRow> {
    for (const row of upTo(elements, this.randomRows)) yield this.take(row);
  }

  /** The rows of all directed suites, cut to a length that pauses allow. */
  *directed(): Iterable<AxisRow> {
    for (const suite of suitesOf("directed", Math.min(mostDirected, this.spec.maxLength))) {
      for (const row of namedRows(suite, this.seed)) yield this.take(row);
    }
  }

  /** The longest rows and rows that are too long, short ones among them. */
  long(): AxisRow[] {
    const { lanes, maxLength } = this.spec;
    const lengths = [
      ...[maxLength, maxLength + 1, 3, maxLength + lanes, 1],
      ...[2 * maxLength + 3, lanes + 1, maxLength - 1, maxLength],
    ];
    const possible = lengths.filter((length) => length > 0);
    return this.ofLengths("longest and too long", possible);
  }

  /** Rows beyond the buffer, one for each that the wrapper may know the end of. */
  tooLongAtFirst(): AxisRow[] {
    const { lanes, maxLength } = this.spec;
    return this.ofLengths("too long, the first", [maxLength + lanes, maxLength + lanes, maxLength + 2 * lanes]);
  }

  /** A row that goes on, beyond the buffer, for as long as pass 2 needs to empty it where it is four times as fast as the source. */
  tooLongAndSlow(): AxisRow[] {
    const { maxLength } = this.spec;
    return this.ofLengths("too long and slow", [maxLength + Math.ceil(maxLength / 2), 3, maxLength]);
  }

  /** That many rows, long, short and very short. */
  some(suite: string, count: number): AxisRow[] {
    const length = (): number => 1 + this.random.below(this.random.chance(0.5) ? this.mostRandom : 3);
    return this.ofLengths(suite, Array.from({ length: count }, length));
  }

  ofLengths(suite: string, lengths: readonly number[]): AxisRow[] {
    return lengths.map((length, index) => this.take({ suite, index, scores: gaussianRow(length, 3, this.random) }));
  }

  private take(named: NamedRow): AxisRow {
    const { lanes } = this.spec;
    const checked = this.checker.take(named);
    const row: Beat[] = [];
    const expected: ExpectedBeat[] = [];
    for (let from = 0; from < checked.scores.length; from += lanes) {
      const scores = checked.scores.slice(from, from + lanes);
      const last = from + lanes >= checked.scores.length;
      row.push(this.codec.encode({ scores, biases: [] }, last));
      expected.push({
        beat: this.codec.expect(checked.results.slice(from, from + lanes), last),
        kept: scores.length,
        facts: (lane, got) => elementFacts(checked, from + lane, got),
      });
    }
    return { row, expected };
  }
}

function suitesOf(kind: "directed" | "random", maxLength: number): ReturnType<typeof softmaxSuites> {
  return softmaxSuites(maxLength).filter((suite) => suite.kind === kind);
}
