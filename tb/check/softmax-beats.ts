import type { Random } from "../bench/random.ts";
import { packLanes } from "../dut/frame.ts";
import { junkScore, type CheckedRow } from "./softmax-row.ts";

/** A beat at the inputs of one pass. */
export interface PassBeat {
  readonly last: bigint;
  readonly keep: bigint;
  readonly score: bigint;
}

/** A beat of a row, in both passes, and the beat of results that it must give. */
export interface RowBeat {
  readonly row: CheckedRow;
  /** The row's element in lane 0. */
  readonly firstElement: number;
  readonly kept: number;
  readonly stat: PassBeat;
  readonly norm: PassBeat;
  readonly prob: bigint;
}

/** A row as beats; lanes that are not kept hold junk, in pass 2 other junk than in pass 1. */
export function beatsOf(row: CheckedRow, lanes: number, random: Random): RowBeat[] {
  const beats: RowBeat[] = [];
  for (let firstElement = 0; firstElement < row.scores.length; firstElement += lanes) {
    const scores = row.scores.slice(firstElement, firstElement + lanes);
    const last = firstElement + lanes >= row.scores.length ? 1n : 0n;
    const keep = (1n << BigInt(scores.length)) - 1n;
    const inPass = (): PassBeat => {
      const junk = Array.from({ length: lanes - scores.length }, () => junkScore(random));
      return { last, keep, score: packLanes([...scores, ...junk], 16) };
    };
    const stat = inPass();
    const norm = scores.length === lanes ? stat : inPass();
    const prob = packLanes(row.results.slice(firstElement, firstElement + lanes), 16);
    beats.push({ row, firstElement, kept: scores.length, stat, norm, prob });
  }
  return beats;
}

const poolSize = 64;

/** What the inputs hold in cycles without a beat. */
export function junkBeats(lanes: number, random: Random): () => PassBeat {
  const pool = Array.from({ length: poolSize }, (): PassBeat => {
    const score = packLanes(
      Array.from({ length: lanes }, () => junkScore(random)),
      16,
    );
    return { last: random.chance(0.7) ? 1n : 0n, keep: BigInt(random.below(2 ** lanes)), score };
  });
  const [first, ...others] = pool as [PassBeat, ...PassBeat[]];
  return () => random.pick([first, ...others]);
}
