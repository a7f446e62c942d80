import { formatWidth, type FloatFormat } from "../../gen/numeric/format.ts";
import type { Random } from "../bench/random.ts";
import { corners } from "../bench/stimulus/corners.ts";
import { pairKinds, randomPairs, type FillPairs } from "../bench/stimulus/pairs.ts";

/** A part of a core's check: which operands, and how they arrive. */
export interface CorePhase {
  readonly name: string;
  /** Operands, or operand pairs, in all. */
  readonly count: number;
  /** The probability of a cycle without a beat. */
  readonly gaps: number;
  /** Whether the reset strikes at random, with beats in flight. */
  readonly resets: boolean;
  /** Writes the next operands. */
  readonly fill: FillPairs;
}

/** Widest operand that is tried exhaustively: by itself, and in pairs. */
export const exhaustiveBits = { single: 16, pair: 8 } as const;
const leastWithResets = 4096;
const mostWithResets = 1 << 16;

/**
 * The phases of a core's check: everything where that is possible, else corners and `vectors` random operands; then
 * random gaps and resets, whose beats are lost or not but never wrong.
 */
export function corePhases(operands: 1 | 2, format: FloatFormat, vectors: number, random: Random): CorePhase[] {
  const systematic = operands === 1 ? singlePhases(format, vectors, random) : pairPhases(format, vectors, random);
  const disturbed: CorePhase = {
    name: "random gaps and resets",
    count: Math.min(Math.max(Math.floor(vectors / 8), leastWithResets), mostWithResets),
    gaps: 0.4,
    resets: true,
    fill: randomPairs(format, random),
  };
  return [...systematic, disturbed];
}

function singlePhases(format: FloatFormat, vectors: number, random: Random): CorePhase[] {
  const width = formatWidth(format);
  if (width <= exhaustiveBits.single) {
    return [
      {
        name: "every input",
        count: 2 ** width,
        gaps: 0,
        resets: false,
        fill: counting((index) => [index % 2 ** width, 0]),
      },
    ];
  }
  const list = corners(format).map(Number);
  return [
    {
      name: "corner inputs",
      count: list.length,
      gaps: 0,
      resets: false,
      fill: counting((index) => [list[index % list.length] ?? 0, 0]),
    },
    { name: "random inputs", count: vectors, gaps: 0.05, resets: false, fill: randomPairs(format, random) },
  ];
}

function pairPhases(format: FloatFormat, vectors: number, random: Random): CorePhase[] {
  const width = formatWidth(format);
  const values = 2 ** width;
  if (width <= exhaustiveBits.pair) {
    const every = counting((index) => [Math.floor(index / values) % values, index % values]);
    return [{ name: "every pair", count: values ** 2, gaps: 0, resets: false, fill: every }];
  }
  const list = corners(format).map(Number);
  const corner = (index: number): number => list[index % list.length] ?? 0;
  return [
    {
      name: "corner pairs",
      count: list.length ** 2,
      gaps: 0,
      resets: false,
      fill: counting((index) => [corner(Math.floor(index / list.length)), corner(index)]),
    },
    { name: "random pairs", count: vectors, gaps: 0.05, resets: false, fill: randomPairs(format, random) },
  ];
}

/** Operands by running index. */
function counting(pair: (index: number) => readonly [number, number]): FillPairs {
  let index = 0;
  return ({ scores, biases }, from, to) => {
    for (let at = from; at < to; at++) [scores[at], biases[at]] = pair(index++) as [number, number];
  };
}

/** Operands for cycles that hold no beat: nothing may depend on them. */
export function anyOperands(format: FloatFormat, random: Random): FillPairs {
  const { any } = pairKinds(format, random);
  return (pairs, from, to) => {
    for (let at = from; at < to; at++) any(pairs, at);
  };
}
