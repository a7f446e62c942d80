import { anySubnormal, bf16, gaussianRow, poisons, repeated, rowOf, signBit, special, withElement } from "./scores.ts";
import type { RowSuite } from "./suites.ts";

type Rows = Iterable<readonly bigint[]>;

/** Lists of rows that each try something an engine can get wrong; lengths beyond `maxLength` are left out or cut. */
export function directedSuites(maxLength: number): readonly RowSuite[] {
  const cut = (length: number): number => Math.min(length, maxLength);
  const suite = (name: string, rows: RowSuite["rows"]): RowSuite => ({ name, kind: "directed", rows });
  return [
    suite("every length", (random) =>
      [...ascending(cut(40)), ...lengthsUpTo(maxLength)].map((length) => gaussianRow(length, 2, random)),
    ),
    suite("all equal", () => allEqual(maxLength)),
    suite("rising", () => rising(maxLength)),
    suite("falling", () => rising(maxLength).map((row) => row.toReversed())),
    suite("every distance", () => everyDistance(cut(33))),
    suite("one giant", (random) => oneGiant(gaussianRow(cut(100), 1, random), gaussianRow(maxLength, 4, random))),
    suite("huge, alternating signs", () => alternating([2, 9, 100, 1024].map(cut))),
    suite("neighbours of huge values", () => hugeNeighbours(maxLength)),
    suite("masks", (random) => masks(gaussianRow(cut(9), 1, random), gaussianRow(cut(100), 4, random), maxLength)),
    suite("NaN and infinity", (random) => poisoned(gaussianRow(cut(10), 1, random), gaussianRow(maxLength, 1, random))),
    suite("subnormals", (random) => [
      [0x0001n, 0x8001n, 0x007fn, 0x807fn, special.zero, special.minusZero].slice(0, maxLength),
      ...[1, 2, 3, 9, 100].map((length) => Array.from({ length: cut(length) }, () => anySubnormal(random))),
      ...(maxLength < 2 ? [] : [0x3c03n, 0xbc03n, 0x4700n, 0xc700n].map((other) => [0x8001n, other])),
    ]),
    suite("one above many", () => oneAboveMany(maxLength)),
  ];
}

/** The lengths of the issue, and the longest two. */
export function lengthsUpTo(maxLength: number): readonly number[] {
  const lengths = new Set([1, 2, 7, 8, 9, 1023, 1024, 4095, 4096, maxLength - 1, maxLength]);
  return [...lengths].filter((length) => length >= 1 && length <= maxLength).sort((a, b) => a - b);
}

const ascending = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

function* allEqual(maxLength: number): Rows {
  const values = [0, -3.7, 1, 88, -88, 40960, -40960, 3e38, -3e38];
  for (const value of values) yield repeated(value, Math.min(9, maxLength));
  for (const [i, length] of lengthsUpTo(maxLength).entries()) yield repeated(values[i % values.length] ?? 0, length);
}

/** Rows where every element raises the maximum by a power of two or more, and rows where it hardly rises. */
function rising(maxLength: number): readonly (readonly bigint[])[] {
  // Steps of 1 up to 2^8, where the spacing of BF16 becomes 2; from there every next pattern.
  const steep = (offset: number): bigint =>
    Math.abs(offset) <= 256 ? bf16(offset) : (offset < 0 ? signBit : 0n) + bf16(256) + BigInt(Math.abs(offset) - 256);
  const lengths = [...new Set([9, 100, 1024, maxLength].map((length) => Math.min(length, maxLength)))];
  return [
    ...lengths.map((length) => Array.from({ length }, (_, i) => steep(i - Math.floor(length / 2)))),
    ...[0.0625, 0.25, 2, 8, 64, 1e3, 1e5].map((step) => {
      const length = Math.min(100, maxLength);
      return rowOf(length, (i) => (i - length / 2) * step);
    }),
  ];
}

/** Distances to the maximum, in powers of two, up to where nothing is left of a term or of the sum; and the next ones. */
const distances = Array.from({ length: 41 }, (_, powers) => powers);

/** A maximum that rises by each distance, beats behind the others; and one that the others are below by it. */
function* everyDistance(length: number): Rows {
  const others = repeated(0, length);
  for (const powers of distances) {
    const score = bf16((powers + 0.5) * Math.LN2);
    yield withElement(others, length - 1, score);
    yield withElement(others, 0, score);
  }
}

function* oneGiant(short: readonly bigint[], long: readonly bigint[]): Rows {
  for (const giant of [88, 1e4, 40960, 3e38].map(bf16)) {
    for (const place of placesIn(short)) yield withElement(short, place, giant);
  }
  yield withElement(long, Math.floor(long.length / 3), bf16(40960));
}

const placesIn = (row: readonly unknown[]): readonly number[] => [
  ...new Set([0, Math.floor(row.length / 2), row.length - 1]),
];

function* alternating(lengths: readonly number[]): Rows {
  for (const length of new Set(lengths)) {
    for (const value of [40960, 3e38]) {
      yield rowOf(length, (i) => (i % 2 === 0 ? value : -value));
      yield rowOf(length, (i) => (i % 2 === 0 ? -value : value));
    }
    yield rowOf(length, (i) => (i % 2 === 0 ? 1 : -1) * 2 ** (i % 127));
  }
}

/** Two scores a spacing apart are 0 and 1 from 2^15 on, and 4,095 of the lower one are still nothing. */
function* hugeNeighbours(maxLength: number): Rows {
  if (maxLength < 2) return;
  const [lower, higher] = [bf16(39936), bf16(40960)];
  yield [lower, higher];
  yield [higher, lower];
  for (let code = 0x4680n; code < special.largestFinite; code += 0x40n) {
    for (const next of [code + 1n, code - 1n]) {
      yield [code, next];
      yield [signBit + code, signBit + next];
    }
  }
  for (const value of [16384, 16448, 32640, 32768, 33024]) {
    yield rowOf(Math.min(9, maxLength), (i) => (i % 3) * value - value);
  }
  yield withElement(repeated(39936, Math.min(100, maxLength)), 1, higher);
  // The nearest neighbours there are: a shift by 16 would leave 4,095 terms of 2^-16.
  const nearest = Array.from({ length: maxLength }, () => higher - 1n);
  yield withElement(nearest, 0, higher);
  yield withElement(nearest, maxLength - 1, higher);
}

function* masks(short: readonly bigint[], middle: readonly bigint[], maxLength: number): Rows {
  for (const row of [short, middle]) {
    const masked = (isMasked: (place: number) => boolean): bigint[] =>
      row.map((score, i) => (isMasked(i) ? special.mask : score));
    const third = Math.floor(row.length / 3);
    yield masked((i) => i < third);
    yield masked((i) => i >= row.length - third);
    yield masked((i) => i % 2 === 0);
    for (const place of placesIn(row)) yield masked((i) => i !== place);
    yield masked(() => true);
    // What follows a row of nothing but masks must be right.
    yield row;
  }
  const nothing = Array.from({ length: maxLength }, () => special.mask);
  yield withElement(nothing, maxLength - 1, bf16(-5));
  yield nothing;
  yield [special.mask];
  yield [special.zero];
}

/** Every poison at every place, and the same row without it right behind. */
function* poisoned(short: readonly bigint[], long: readonly bigint[]): Rows {
  for (const poison of poisons) {
    for (const place of short.keys()) {
      yield withElement(short, place, poison);
      yield short;
    }
    yield short.map((_, i) => (i === short.length - 1 ? poison : special.mask));
  }
  yield withElement(long, long.length - 1, special.quietNan);
  yield withElement(long, 0, special.infinity);
  yield short;
}

/** A maximum above terms that a narrow sum would lose, at the front and at the back. */
function* oneAboveMany(maxLength: number): Rows {
  for (const low of [-4, -8, -10, -12, -14, -15, -16, -17, -20]) {
    yield withElement(repeated(low, maxLength), 0, special.zero);
  }
  for (const low of [-10, -12, -14]) yield withElement(repeated(low, maxLength), maxLength - 1, special.zero);
}
