import { describe, expect, it } from "vitest";
import { CoverCross, CoverGroup, Scoreboard, seededRandom, seedFor } from "../../../tb/bench/index.ts";

describe("Scoreboard", () => {
  it("counts what agrees and keeps what differs, with its cycle", () => {
    const board = new Scoreboard<number>((a, b) => a === b);
    board.expect(1, 2, 3);
    expect(board.check(1, 10).equal).toBe(true);
    expect(board.check(9, 11)).toEqual({ index: 1, cycle: 11, expected: 2, got: 9, equal: false });
    board.finish(20);
    expect(board.comparisons).toBe(3);
    expect(board.mismatches).toBe(2);
    expect(board.differences.map(({ cycle, expected, got }) => [cycle, expected, got])).toEqual([
      [11, 2, 9],
      [20, 3, undefined],
    ]);
  });

  it("counts an item that nobody expected as wrong, and forgets what a reset wiped out", () => {
    const board = new Scoreboard<number>((a, b) => a === b);
    board.expect(1);
    board.forget();
    expect(board.outstanding).toBe(0);
    expect(board.check(1, 3).equal).toBe(false);
  });
});

describe("CoverGroup", () => {
  it("names the bins that were never hit", () => {
    const group = new CoverGroup("alignment", ["0", "1", "far"]);
    group.hit("0");
    group.hit("0");
    group.hit("far");
    expect(group.holes).toEqual(["1"]);
    expect(group.count("0")).toBe(2);
    expect(group.ratio).toBeCloseTo(2 / 3);
    expect(() => {
      group.hit("near");
    }).toThrow("coverage alignment has no bin near; it has 0, 1, far");
  });
});

describe("CoverCross", () => {
  const parity = { bins: ["even", "odd"], of: (n: number) => n % 2 };
  const size = { bins: ["small", "large"], of: (n: number) => (n < 0 ? -1 : n < 10 ? 0 : 1) };

  it("has a bin for each combination, and names those that were never hit", () => {
    const cross = new CoverCross({ name: "parity x size", axes: [parity, size] });
    for (const n of [2, 4, 11]) cross.sample(n);
    expect(cross.group.count("even x small")).toBe(2);
    expect(cross.group.holes).toEqual(["even x large", "odd x small"]);
  });

  it("takes no sample that lacks one of the properties", () => {
    const cross = new CoverCross({ name: "parity x size", axes: [parity, size] });
    cross.sample(-2);
    expect(cross.group.holes).toHaveLength(4);
  });

  it("has no bin for what is impossible, and tells where that is wrong", () => {
    const impossible = { why: "large numbers are even", is: ([p, s]: readonly number[]) => p === 1 && s === 1 };
    const cross = new CoverCross({ name: "parity x size", axes: [parity, size], impossible });
    expect([cross.group.bins.length, cross.impossible]).toEqual([3, 1]);
    cross.sample(12);
    expect(cross.breaches).toEqual([]);
    cross.sample(13);
    expect(cross.breaches).toEqual(["odd x large"]);
  });
});

describe("seededRandom", () => {
  it("repeats itself for a seed, and differs between seeds", () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 8 }, () => random.uint32());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("is even enough: every eighth of the range gets its share of 80,000 draws", () => {
    const random = seededRandom(3);
    const counts = new Array<number>(8).fill(0);
    for (let i = 0; i < 80_000; i++) {
      const bin = random.below(8);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it("gives each test name a seed of its own", () => {
    expect(seedFor(1, "flare_bf16_x8")).not.toBe(seedFor(1, "relu_bf16_x8"));
    expect(seedFor(1, "flare_bf16_x8")).not.toBe(seedFor(2, "flare_bf16_x8"));
    expect(seedFor(5, "a")).toBe(seedFor(5, "a"));
  });

  it("is the run's seed plus FNV-1a of the name, modulo 2^32, on every machine", () => {
    // The published vectors of 32-bit FNV-1a.
    expect(seedFor(0, "")).toBe(0x811c9dc5);
    expect(seedFor(0, "a")).toBe(0xe40c292c);
    expect(seedFor(0, "foobar")).toBe(0xbf9cf968);
    expect(seedFor(0xffffffff, "foobar")).toBe(0xbf9cf967);
  });
});
