import { describe, expect, it } from "vitest";
import { parseFormat } from "../../../../../gen/numeric/format.ts";
import { toNumber } from "../../../../../gen/numeric/round.ts";
import { largestRank, scoreOfRank } from "../../../../../tb/bench/stimulus/softmax/scores.ts";
import {
  inTurn,
  namedRows,
  softmaxSuites,
  upTo,
  type NamedRow,
} from "../../../../../tb/bench/stimulus/softmax/suites.ts";

const bf16 = parseFormat("bf16");
const value = (score: bigint): number => toNumber(score, bf16);

/** Rows of a suite: all of a directed one, some of a random one. */
const rowsOf = (name: string, maxLength: number, seed = 1): NamedRow[] =>
  softmaxSuites(maxLength)
    .filter((suite) => suite.name === name)
    .flatMap((suite) => [...upTo(suite.kind === "directed" ? Infinity : 5000, namedRows(suite, seed))]);

const names = softmaxSuites(4096).map((suite) => suite.name);

describe("softmaxSuites", () => {
  it.each([1, 2, 3, 8, 64, 4096])("hold rows of 1 to %i elements, each a BF16 pattern", (maxLength) => {
    for (const { suite, scores } of names.flatMap((name) => rowsOf(name, maxLength))) {
      expect(scores.length, suite).toBeGreaterThanOrEqual(1);
      expect(scores.length, suite).toBeLessThanOrEqual(maxLength);
      expect(scores.every((score) => score >= 0n && score <= 0xffffn)).toBe(true);
    }
  });

  it("give the same rows for the same seed, and other random ones for another", () => {
    for (const name of names) expect(rowsOf(name, 64)).toEqual(rowsOf(name, 64));
    expect(rowsOf("mixtures", 64)).not.toEqual(rowsOf("mixtures", 64, 2));
  });

  it("have every length of the issue, and lengths that no number of lanes divides", () => {
    const lengths = new Set(rowsOf("every length", 4096).map(({ scores }) => scores.length));
    for (const length of [1, 2, 7, 8, 9, 13, 31, 1023, 1024, 4095, 4096]) expect(lengths).toContain(length);
  });

  it("rise or fall strictly where they say so", () => {
    const rises = ({ scores }: NamedRow): boolean =>
      scores.every((score, i) => i === 0 || value(score) > value(scores[i - 1] ?? 0n));
    const [rising, falling] = [rowsOf("rising", 4096), rowsOf("falling", 4096)];
    expect(rising.every(rises)).toBe(true);
    expect(falling.map((row) => ({ ...row, scores: row.scores.toReversed() })).every(rises)).toBe(true);
  });

  it("have long rows where every element raises the maximum by a power of two", () => {
    const steep = rowsOf("rising", 4096).filter(({ scores }) =>
      scores.every((score, i) => i === 0 || value(score) - value(scores[i - 1] ?? 0n) >= 1),
    );
    expect(Math.max(...steep.map(({ scores }) => scores.length))).toBe(4096);
  });

  it("reach every distance to the maximum that matters, from above and from below", () => {
    const powers = ({ scores }: NamedRow): number => Math.floor(Math.max(...scores.map(value)) / Math.LN2);
    const reached = new Set(rowsOf("every distance", 64).map(powers));
    for (let distance = 0; distance <= 34; distance++) expect(reached).toContain(distance);
  });

  it("count rows from 0, suite by suite", () => {
    expect(
      rowsOf("masks", 64)
        .map(({ suite, index }) => `${suite} ${index}`)
        .slice(0, 2),
    ).toEqual(["masks 0", "masks 1"]);
  });
});

describe("inTurn", () => {
  it("takes a row of each suite, and can be taken from again where it was left", () => {
    const random = softmaxSuites(64).filter(({ kind }) => kind === "random");
    const source = inTurn(random, 1);
    const [first, second] = [[...upTo(500, source)], [...upTo(500, source)]];
    const order = [...first, ...second].map(({ suite }) => suite);
    expect(order).toEqual(order.map((_, i) => random[i % random.length]?.name));
    expect(second[0]?.index).toBeGreaterThan(0);
  });
});

describe("scoreOfRank", () => {
  it("gives every finite score once, in the order of their values", () => {
    let last = -Infinity;
    for (let rank = -largestRank - 1; rank <= largestRank; rank++) {
      const score = value(scoreOfRank(rank));
      if (!(score > last || (score === 0 && last === 0))) throw new Error(`rank ${rank} gives ${score} behind ${last}`);
      last = score;
    }
    expect([scoreOfRank(-1), scoreOfRank(0)]).toEqual([0x8000n, 0x0000n]);
    expect(last).toBe(value(0x7f7fn));
  });
});
