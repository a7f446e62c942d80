import { describe, expect, test } from "vitest";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { toNumber } from "../../../gen/numeric/round.ts";
import { makeWorkload, parseWorkload, type Workload } from "../../../ppa/workload/workload.ts";

const bf16 = parseFormat("bf16");
const make = (name: string, format = "bf16", seed?: number): Workload =>
  makeWorkload(parseWorkload(name), parseFormat(format), seed);

const valuesOf = (patterns: Uint32Array | undefined, format = bf16): number[] =>
  [...(patterns ?? [])].map((pattern) => toNumber(BigInt(pattern), format));

describe("the name of a workload", () => {
  test("stands for what it says", () => {
    expect(parseWorkload("uniform")).toEqual({ kind: "uniform" });
    expect(parseWorkload("sparsity:12.5")).toEqual({ kind: "sparsity", percent: 12.5 });
    expect(parseWorkload("trace:a:b.npy")).toEqual({ kind: "trace", path: "a:b.npy" });
  });

  test.each([
    ["random", 'unknown workload "random"; use uniform, attention, dense, sparsity:PERCENT or trace:FILE'],
    ["", 'unknown workload ""; use uniform, attention, dense, sparsity:PERCENT or trace:FILE'],
    ["sparsity:120", 'a sparsity of "120" is not possible; use sparsity:0 to sparsity:100, in percent'],
    ["sparsity:-1", 'a sparsity of "-1" is not possible; use sparsity:0 to sparsity:100, in percent'],
    ["sparsity:half", 'a sparsity of "half" is not possible; use sparsity:0 to sparsity:100, in percent'],
    ["sparsity", 'a sparsity of "" is not possible; use sparsity:0 to sparsity:100, in percent'],
    ["sparsity: ", 'a sparsity of " " is not possible; use sparsity:0 to sparsity:100, in percent'],
    ["trace:", 'the workload "trace:" names no file; use trace:FILE with an .npy file'],
    ["dense:3", 'the workload dense takes no value, but "dense:3" gives it one'],
  ])("%j is refused in words", (name, sentence) => {
    expect(() => parseWorkload(name)).toThrow(sentence);
  });
});

describe("every synthetic workload", () => {
  test.each(["uniform", "attention", "dense", "sparsity:50"])(
    "%s is 32 vectors of finite operands, equal for equal seeds",
    (name) => {
      const workload = make(name);
      expect(workload).toMatchObject({ name, count: 32, seed: 1 });
      for (const operand of [workload.scores, workload.biases]) {
        expect(operand).toHaveLength(32 * 1024);
        expect(valuesOf(operand).every(Number.isFinite)).toBe(true);
      }
      expect(make(name)).toEqual(workload);
      expect(make(name, "bf16", 2).hash).not.toBe(workload.hash);
      expect(workload.description).toMatch(/^[A-Z0-9].*\.$/);
    },
  );

  test.each(["e2m1", "e3m2", "fp16", "e8m23"])("exists in %s", (format) => {
    for (const name of ["uniform", "attention", "dense", "sparsity:50"]) {
      const { scores, biases } = make(name, format);
      expect(valuesOf(scores, parseFormat(format)).every(Number.isFinite)).toBe(true);
      expect(valuesOf(biases, parseFormat(format)).every(Number.isFinite)).toBe(true);
    }
    expect(make("attention", format).notPositive.sums).toBeCloseTo(0.989, 4);
    expect(make("sparsity:50", format).notPositive.sums).toBe(0.5);
  });
});

describe("uniform", () => {
  test("has every exponent and sign equally often", () => {
    const { scores } = make("uniform");
    const exponents = new Set([...scores].map((pattern) => (pattern >> 7) & 255));
    expect([exponents.size, exponents.has(255)]).toEqual([255, false]);
    expect([...scores].filter((pattern) => pattern >= 0x8000).length / scores.length).toBeCloseTo(0.5, 1);
  });
});

describe("attention", () => {
  const attention = make("attention");
  const [scores, biases] = [valuesOf(attention.scores), valuesOf(attention.biases)];

  test("has 98.9 % of its sums not positive, and says so", () => {
    const notPositive = scores.filter((score, i) => !(score + (biases[i] ?? 0) > 0)).length;
    expect(notPositive).toBe(Math.round(0.989 * 32 * 1024));
    expect(attention.notPositive.sums).toBe(notPositive / (32 * 1024));
    expect(attention.notPositive.scores).toBe(scores.filter((score) => !(score > 0)).length / scores.length);
  });

  test("has biases that rise to 0 along each row, as the distance to the query falls", () => {
    for (let row = 0; row < 32; row++) {
      const own = biases.slice(row * 1024, (row + 1) * 1024);
      expect(own.every((bias, i) => i === 0 || bias >= (own[i - 1] ?? 0))).toBe(true);
      expect(own[0]).toBeLessThanOrEqual(-1);
      expect(own[0]).toBeGreaterThanOrEqual(-4);
      expect(Math.abs(own[1023] ?? 1)).toBe(0);
    }
  });

  test("has scores of standard deviation 1, about 1 below 0", () => {
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
    expect(mean).toBeCloseTo(-1, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(1, 1);
  });

  test("is sparsity:98.9", () => {
    expect(make("sparsity:98.9").hash).toBe(attention.hash);
  });
});

describe("sparsity", () => {
  const shares = [0, 25, 50, 98.9, 100].map((percent) => ({ percent, workload: make(`sparsity:${percent}`) }));
  const positive = ({ scores, biases }: Workload): boolean[] => {
    const bias = valuesOf(biases);
    return valuesOf(scores).map((score, i) => score + (bias[i] ?? 0) > 0);
  };

  test.each(shares)("$percent % is exactly the share asked for", ({ percent, workload }) => {
    const count = positive(workload).filter((is) => !is).length;
    expect(count).toBe(Math.round((percent / 100) * 32 * 1024));
  });

  test("0 is dense", () => {
    expect(make("dense").hash).toBe(shares[0]?.workload.hash);
    expect(make("dense").notPositive.sums).toBe(0);
  });

  test("changes sign bits only, of score and bias together, and never an element twice", () => {
    for (const [i, { workload }] of shares.entries()) {
      const next = shares[i + 1]?.workload;
      if (next === undefined) continue;
      const [before, after] = [positive(workload), positive(next)];
      expect(before.every((is, element) => is || after[element] !== true)).toBe(true);
      const flips = (one?: Uint32Array, other?: Uint32Array): number[] =>
        Array.from(one ?? [], (pattern, element) => pattern ^ (other?.[element] ?? 0));
      const expected = before.map((is, element) => (is === after[element] ? 0 : 0x8000));
      expect(flips(workload.scores, next.scores)).toEqual(expected);
      expect(flips(workload.biases, next.biases)).toEqual(expected);
    }
  });
});
