import type { Beat, Row } from "../bench/axis/beat.ts";
import { CheckFailure, type Failure, type FailureKind } from "./outcome.ts";

/** A beat that must come out. */
export interface ExpectedBeat {
  readonly beat: Beat;
  /** Elements that it holds, in its low lanes. */
  readonly kept: number;
  /** What a failure says of a kept lane that holds something else: what went in, what must and what did come out. */
  facts(lane: number, got: bigint): Failure["facts"];
}

/** A row that goes in, and what must come of it, beat by beat. */
export interface AxisRow {
  readonly row: Row;
  readonly expected: readonly ExpectedBeat[];
}

/** What is wrong with a beat that came out: the lane that differs, if it is one. `decode` takes TDATA apart. */
export function explain(
  expected: ExpectedBeat | undefined,
  got: Beat,
  cycle: number,
  decode: (data: bigint) => readonly bigint[],
): CheckFailure {
  const fail = (
    kind: FailureKind,
    sentence: string,
    facts: Failure["facts"],
    at: Pick<Failure, "lane"> = {},
  ): CheckFailure => new CheckFailure({ kind, sentence: `${sentence} at cycle ${cycle}`, cycle, facts, ...at });
  if (expected === undefined) return fail("valid", "a beat came out that nobody sent", [["got", showBeat(got)]]);
  const [want, have] = [decode(expected.beat.data), decode(got.data)];
  const lane = want.findIndex((value, i) => value !== have[i]);
  if (lane < 0) {
    const whole = [
      ["expected", showBeat(expected.beat)],
      ["got", showBeat(got)],
    ] as const;
    return fail("framing", "TKEEP or TLAST of m_axis is wrong", whole);
  }
  if (lane >= expected.kept) {
    return fail("value", `lane ${lane} of m_axis_tdata is not kept but not zero`, [["got", showBeat(got)]], { lane });
  }
  const facts = expected.facts(lane, have[lane] ?? 0n);
  return fail("value", `lane ${lane} of m_axis_tdata is wrong`, [["lane", String(lane)], ...facts], { lane });
}

export function sameBeat(a: Beat, b: Beat): boolean {
  return a.data === b.data && a.keep === b.keep && a.last === b.last;
}

function showBeat({ data, keep, last }: Beat): string {
  return `tdata 0x${data.toString(16)}, tkeep 0x${keep.toString(16)}, tlast ${last ? 1 : 0}`;
}
