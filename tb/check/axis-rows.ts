import { parseFormat, type FloatFormat } from "../../gen/numeric/format.ts";
import type { ElementwiseSpec } from "../../gen/spec.ts";
import type { Beat, Row } from "../bench/axis/beat.ts";
import type { Random } from "../bench/random.ts";
import { randomPairs, type FillPairs } from "../bench/stimulus/pairs.ts";
import { elementwiseModel, type ElementwiseModel } from "../golden/model.ts";
import { axisCodec, type AxisCodec, type Lanes } from "./axis-codec.ts";
import { CheckFailure, showValue, type Failure } from "./outcome.ts";

/** A beat that must come out, and the operands of its kept lanes. */
export interface ExpectedBeat extends Lanes {
  readonly beat: Beat;
}

/** Random rows of a unit with what must come of them, and the words for what came instead. */
export class RowMaker {
  private readonly format: FloatFormat;
  private readonly model: ElementwiseModel;
  private readonly codec: AxisCodec;
  private readonly operands: FillPairs;

  constructor(
    private readonly spec: ElementwiseSpec,
    private readonly random: Random,
  ) {
    this.format = parseFormat(spec.format);
    this.model = elementwiseModel(spec.unit, { format: this.format, subnormals: spec.subnormals });
    this.codec = axisCodec(this.format, spec.lanes, this.model.operands, random);
    this.operands = randomPairs(this.format, random);
  }

  /** A row of that many beats, the last of which keeps a random number of lanes. */
  make(beats: number): { readonly row: Row; readonly expected: readonly ExpectedBeat[] } {
    const { lanes } = this.spec;
    const elements = (beats - 1) * lanes + 1 + this.random.below(lanes);
    const pairs = { scores: new Uint32Array(elements), biases: new Uint32Array(elements) };
    this.operands(pairs, 0, elements);
    const expected: ExpectedBeat[] = [];
    const row: Beat[] = [];
    for (let from = 0; from < elements; from += lanes) {
      const scores = [...pairs.scores.subarray(from, from + lanes)].map(BigInt);
      const biases = [...pairs.biases.subarray(from, from + lanes)].map(BigInt);
      const last = from + lanes >= elements;
      const results = scores.map((score, lane) => this.model.compute(score, biases[lane] ?? 0n));
      expected.push({ scores, biases, beat: this.codec.expect(results, last) });
      row.push(this.codec.encode({ scores, biases }, last));
    }
    return { row, expected };
  }

  /** What is wrong with a beat: the lane that differs, if it is one. */
  explain(expected: ExpectedBeat | undefined, got: Beat, cycle: number): CheckFailure {
    const fail = (sentence: string, facts: Failure["facts"]): CheckFailure =>
      new CheckFailure({ sentence: `${sentence} at cycle ${cycle}`, cycle, facts });
    if (expected === undefined) return fail("a beat came out that nobody sent", [["got", showBeat(got)]]);
    const whole = [
      ["expected", showBeat(expected.beat)],
      ["got", showBeat(got)],
    ] as const;
    const want = this.codec.decode(expected.beat.data);
    const have = this.codec.decode(got.data);
    const lane = want.findIndex((value, i) => value !== have[i]);
    if (lane < 0) return fail("TKEEP or TLAST of m_axis is wrong", whole);
    const score = expected.scores[lane];
    if (score === undefined) return fail(`lane ${lane} of m_axis_tdata is not kept but not zero`, whole);
    const show = (bits: bigint | undefined): string => showValue(bits ?? 0n, this.format);
    return fail(`lane ${lane} of m_axis_tdata is wrong`, [
      ["lane", String(lane)],
      ["score", show(score)],
      ...(this.model.operands === 2 ? [["bias", show(expected.biases[lane])] as const] : []),
      ["expected", show(want[lane])],
      ["got", show(have[lane])],
    ]);
  }
}

export function sameBeat(a: Beat, b: Beat): boolean {
  return a.data === b.data && a.keep === b.keep && a.last === b.last;
}

function showBeat({ data, keep, last }: Beat): string {
  return `tdata 0x${data.toString(16)}, tkeep 0x${keep.toString(16)}, tlast ${last ? 1 : 0}`;
}
