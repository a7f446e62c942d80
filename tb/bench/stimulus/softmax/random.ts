import type { Random } from "../../random.ts";
import { anyFinite, anySubnormal, bf16, gaussianRow, poisons, rowOf, special, withElement } from "./scores.ts";
import type { RowSuite } from "./suites.ts";

/** One row of a length. */
type MakeRow = (length: number, random: Random) => readonly bigint[];

const scales = [0.5, 1, 2, 4, 8, 16] as const;

/** Rows without end, of lengths whose logarithm is uniform up to `maxLength`. */
export function randomSuites(maxLength: number): readonly RowSuite[] {
  const suite = (name: string, make: MakeRow): RowSuite => ({
    name,
    kind: "random",
    *rows(random) {
      for (;;) yield make(lengthUpTo(maxLength, random), random);
    },
  });
  return [
    ...scales.map((scale) => suite(`Gaussian, scale ${scale}`, (length, random) => gaussianRow(length, scale, random))),
    suite("uniform", uniformRow),
    suite("any finite bits", (length, random) => Array.from({ length }, () => anyFinite(random))),
    suite("mixtures", mixedRow),
  ];
}

/** 1 to `most`, each power of two as often as the next. */
export function lengthUpTo(most: number, random: Random): number {
  return Math.floor((most + 1) ** random.fraction());
}

/** Uniform between -w and w, where w is between 1/2 and 64. */
function uniformRow(length: number, random: Random): bigint[] {
  const width = 2 ** (7 * random.fraction() - 1);
  return rowOf(length, () => width * (2 * random.fraction() - 1));
}

/** How likely a mixture is to hold something that makes its row NaN. */
const poisonChance = 1 / 16;

const ingredients: readonly [MakeScore, ...MakeScore[]] = [
  (random) => bf16(8 * (random.fraction() - 0.5)),
  (random) => bf16(200 * (random.fraction() - 0.5)),
  (random) => bf16((random.chance(0.5) ? 1 : -1) * random.pick([16384, 32640, 32768, 39936, 40960, 3e38])),
  anyFinite,
  anySubnormal,
  () => special.zero,
  () => special.mask,
];
type MakeScore = (random: Random) => bigint;

/** Up to three ingredients in one row, and now and then a NaN or an infinity. */
function mixedRow(length: number, random: Random): readonly bigint[] {
  const chosen = [random.pick(ingredients), random.pick(ingredients), random.pick(ingredients)] as const;
  const row = Array.from({ length }, () => random.pick(chosen)(random));
  return random.chance(poisonChance) ? withElement(row, random.below(length), random.pick(poisons)) : row;
}
