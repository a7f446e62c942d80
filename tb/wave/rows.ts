import type { PortEntry } from "../../gen/manifest.ts";
import type { Trace } from "../dut/recorder.ts";

/** A line of a timing diagram: a bit, or bits that are shown as a number. */
export interface WaveRow {
  readonly name: string;
  readonly width: number;
  /** A value per cycle. */
  readonly values: readonly bigint[];
}

/** How the elements of a design lie in its ports, and which of them to show. */
export interface Elements {
  readonly lanes: number;
  /** Bits of an element on TDATA, which has no lanes of its own. */
  readonly busBits: number;
  /** The only lane to show; undefined for all. */
  readonly lane?: number;
}

/** The widest row; what is wider is shown word by word, the lowest first. */
const mostBits = 16;

/** Ports as rows, in their order: a row per element where there are lanes, `score_i[3]`, and none wider than four digits. */
export function rowsOf(trace: Trace, elements: Elements): readonly WaveRow[] {
  return trace.signals.flatMap(({ port, values }) =>
    piecesOf(port, elements).flatMap((piece) => words(piece).map((word) => cut(word, values))),
  );
}

interface Piece {
  readonly name: string;
  readonly low: number;
  readonly width: number;
}

function piecesOf({ name, width, dimensions }: PortEntry, { lanes, busBits, lane }: Elements): readonly Piece[] {
  const isBus = name.endsWith("_tdata");
  if (!isBus && dimensions.length < 2) return [{ name, low: 0, width }];
  const bits = isBus ? busBits : width / (dimensions[0] ?? 1);
  const count = width / bits;
  if (count === 1) return [{ name, low: 0, width }];
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}[${index}]`,
    low: index * bits,
    width: bits,
  })).filter((_, index) => lane === undefined || index % lanes === lane);
}

function words({ name, low, width }: Piece): readonly Piece[] {
  if (width <= mostBits) return [{ name, low, width }];
  return Array.from({ length: Math.ceil(width / mostBits) }, (_, word) => ({
    name: `${name}.${word}`,
    low: low + word * mostBits,
    width: Math.min(mostBits, width - word * mostBits),
  }));
}

function cut({ name, low, width }: Piece, values: readonly bigint[]): WaveRow {
  return { name, width, values: values.map((value) => BigInt.asUintN(width, value >> BigInt(low))) };
}

/** A value in the digits that its width needs. */
export function hexDigits(value: bigint, width: number): string {
  return value.toString(16).padStart(Math.ceil(width / 4), "0");
}
