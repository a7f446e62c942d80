import { unpackLanes } from "../dut/frame.ts";
import type { Dut } from "../dut/dut.ts";
import { CheckFailure, type Failure, type FailureKind } from "./outcome.ts";
import type { JudgedRow } from "./observer.ts";
import type { RowBeat } from "./softmax-beats.ts";
import { elementFacts, rowFacts } from "./softmax-row.ts";

interface Due {
  readonly edge: number;
  readonly beat: RowBeat;
}

/** Holds the results of a softmax core against what is due in each cycle. */
export class ResultJudge {
  private due: Due[] = [];
  private compared = 0;

  constructor(
    private readonly dut: Dut,
    private readonly latency: number,
    /** Told of each row whose last results were right, as all before them. */
    private readonly onRow: (row: JudgedRow) => void = () => undefined,
  ) {}

  /** Elements compared so far. */
  get elements(): number {
    return this.compared;
  }

  /** Beats of results that are still to come. */
  get outstanding(): number {
    return this.due.length;
  }

  /** Pass 2 took a beat at that edge. */
  expect(beat: RowBeat, edge: number): void {
    this.due.push({ edge: edge + this.latency, beat });
  }

  /** Drops what was due: in reset. */
  forget(): void {
    this.due = [];
  }

  /** What the edge saw at the outputs; true where a row's last results were there. */
  check(edge: number): boolean {
    const isDue = this.due[0]?.edge === edge;
    const beat = isDue ? this.due.shift()?.beat : undefined;
    const valid = this.dut.sampled("prob_valid_o") === 1n;
    if (valid !== isDue) throw this.validFailure(edge, beat);
    if (beat === undefined) return false;
    this.checkFields(beat, edge);
    this.compared += beat.kept;
    const last = beat.stat.last === 1n;
    if (last) this.onRow(beat.row);
    return last;
  }

  private checkFields(beat: RowBeat, cycle: number): void {
    const { last, keep } = beat.stat;
    for (const [name, expected] of [
      ["prob_last_o", last],
      ["prob_keep_o", keep],
    ] as const) {
      const got = this.dut.sampled(name);
      if (got === expected) continue;
      throw failure("framing", cycle, `${name} is wrong`, [
        ...rowFacts(beat.row),
        firstLane(beat),
        ["expected", `0x${expected.toString(16)}`],
        ["got", `0x${got.toString(16)}`],
      ]);
    }
    const prob = this.dut.sampled("prob_o");
    if (prob !== beat.prob) throw this.valueFailure(beat, prob, cycle);
  }

  private valueFailure(beat: RowBeat, prob: bigint, cycle: number): CheckFailure {
    const lanes = (this.dut.outputLayout.fields.get("prob_o")?.port.width ?? 0) / 16;
    const [expected, got] = [unpackLanes(beat.prob, 16, lanes), unpackLanes(prob, 16, lanes)];
    const lane = expected.findIndex((result, i) => result !== got[i]);
    if (lane >= beat.kept)
      return failure("value", cycle, `lane ${lane} of prob_o is not kept but not zero`, rowFacts(beat.row), { lane });
    const facts = elementFacts(beat.row, beat.firstElement + lane, got[lane] ?? 0n);
    return failure("value", cycle, `lane ${lane} of prob_o is wrong`, facts, { lane });
  }

  private validFailure(cycle: number, beat: RowBeat | undefined): CheckFailure {
    if (beat !== undefined) {
      const facts = [...rowFacts(beat.row), firstLane(beat)];
      const why = `, but pass 2 took a beat ${this.latency} cycles before`;
      return failure("valid", cycle, "prob_valid_o is 0", facts, { why });
    }
    const [next] = this.due;
    if (next === undefined) return failure("valid", cycle, "prob_valid_o is 1", [], { why: ", but no result is due" });
    const why = `, but a result is due at cycle ${next.edge}`;
    return failure("valid", cycle, "prob_valid_o is 1", rowFacts(next.beat.row), { why });
  }
}

const firstLane = (beat: RowBeat): readonly [string, string] => ["element", `${beat.firstElement} in lane 0`];

function failure(
  kind: FailureKind,
  cycle: number,
  what: string,
  facts: Failure["facts"],
  { why = "", ...where }: { readonly why?: string; readonly lane?: number } = {},
): CheckFailure {
  return new CheckFailure({ kind, sentence: `${what} at cycle ${cycle}${why}`, cycle, facts, ...where });
}
