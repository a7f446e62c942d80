import { describe, expect, it } from "vitest";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { toNumber } from "../../../gen/numeric/round.ts";
import { softplus, softplusModel } from "../../../tb/golden/softplus.ts";

const bf16 = parseFormat("bf16");
const smallest = 2 ** -126;

/** ln(1 + e^x) in float64, each branch with terms of one sign. */
const exact = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** Spacing of BF16 in the binade of a normal value. */
function spacing(value: number): number {
  let exponent = Math.floor(Math.log2(value));
  if (2 ** exponent > value) exponent--;
  return 2 ** (exponent - bf16.mantissaBits);
}

/** All finite scores, the least first; -0 before 0. */
const finite = Array.from({ length: 0x10000 }, (_, i) => (i < 0x8000 ? 0xffff - i : i - 0x8000))
  .map(BigInt)
  .filter((score) => Number.isFinite(toNumber(score, bf16)));

const judged = finite.map((score) => {
  const [wanted, got] = [exact(toNumber(score, bf16)), toNumber(softplus(score), bf16)];
  return { score, wanted, got, ulps: Math.abs(got - wanted) / spacing(wanted) };
});
const inRange = judged.filter(({ wanted }) => wanted >= smallest);

describe("softplus of all 65,536 scores", () => {
  it("is within one unit in the last place, and below 2^-126 is +0", () => {
    expect(inRange.filter(({ ulps }) => !(ulps < 1))).toEqual([]);
    expect(judged.filter(({ wanted, score }) => wanted < smallest && softplus(score) !== 0n)).toEqual([]);
  });

  it("is rounded correctly for at least 99.3 %", () => {
    const wrong = inRange.filter(({ ulps }) => ulps > 0.5).length;
    expect(wrong / 0x10000).toBeLessThan(0.007);
    // Not vacuous: no exact result is so near to a tie that float64 could not tell, and some are rounded wrongly.
    expect(wrong).toBeGreaterThan(0);
    const toTie = inRange.map(({ wanted }) => Math.abs(((wanted / spacing(wanted)) % 1) - 0.5));
    const apart = inRange.filter(({ wanted }) => !Number.isInteger(wanted / spacing(wanted)));
    expect(apart.length).toBeGreaterThan(0);
    expect(Math.min(...toTie)).toBeGreaterThan(1e-6);
  });

  it("never falls when the score rises", () => {
    const falls = judged.filter(({ got }, i) => got < (judged[i - 1]?.got ?? 0));
    expect(falls).toEqual([]);
  });

  it("of NaN is the canonical NaN, of +infinity +infinity, of -infinity +0", () => {
    for (const nan of [0x7f81n, 0x7fc0n, 0x7fffn, 0xff81n, 0xffc0n, 0xffffn]) expect(softplus(nan)).toBe(0x7fc0n);
    expect([softplus(0x7f80n), softplus(0xff80n)]).toEqual([0x7f80n, 0n]);
  });

  it("of every subnormal is that of 0, so that flushing changes nothing", () => {
    const results = new Set(finite.filter((score) => (score & 0x7f80n) === 0n).map(softplus));
    expect([...results]).toEqual([0x3f31n]);
  });

  it("exists in BF16 only", () => {
    const options = { format: parseFormat("fp16"), subnormals: "keep" } as const;
    expect(() => softplusModel.compute(0n, 0n, options)).toThrow(
      "softplus has tables for bf16 only, not for fp16; use bf16",
    );
  });
});
