import { describe, expect, it } from "vitest";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { toNumber } from "../../../gen/numeric/round.ts";
import { errorInUlps, nearestPatterns } from "../../../tb/golden/softmax-reference.ts";
import { exponential } from "../../../tb/golden/softmax.ts";

const bf16 = parseFormat("bf16");
const keep = { subnormals: "keep" } as const;
const patterns = Array.from({ length: 2 ** 16 }, (_, i) => BigInt(i));
/** Half a spacing above the largest finite value, from where rounding overflows. */
const overflow = 2 ** 128 - 2 ** 119;

describe("exponential", () => {
  it("is within 0.55 ulp, and 99.7 % of all finite results are correctly rounded", () => {
    let [judged, rounded, worst, worstScore] = [0, 0, 0, NaN];
    for (const score of patterns) {
      const exact = Math.exp(toNumber(score, bf16));
      if (!(exact >= 2 ** -126 && exact < overflow)) continue;
      const result = exponential(score, keep);
      const error = errorInUlps(result, exact);
      judged++;
      if (nearestPatterns(exact).includes(result)) rounded++;
      if (error > worst) [worst, worstScore] = [error, toNumber(score, bf16)];
    }
    expect(worst, `worst at ${worstScore}`).toBeLessThan(0.55);
    expect(rounded / judged).toBeGreaterThan(0.997);
  });

  it("gives +infinity on overflow and +0 below 2^-126", () => {
    for (const score of patterns) {
      const exact = Math.exp(toNumber(score, bf16));
      if (exact >= overflow) expect(exponential(score, keep)).toBe(0x7f80n);
      if (exact < 2 ** -126 * (1 - 2 ** -8)) expect(exponential(score, keep)).toBe(0n);
    }
  });

  it("gives the canonical NaN for every NaN", () => {
    for (const sign of [0n, 0x8000n]) {
      for (let magnitude = 0x7f81n; magnitude < 0x8000n; magnitude++) {
        expect(exponential(sign + magnitude, keep)).toBe(0x7fc0n);
      }
    }
  });

  it("never falls where the score rises", () => {
    const negative = patterns.slice(0x8000, 0xff80 + 1).reverse();
    const results = [...negative, ...patterns.slice(0, 0x7f80 + 1)].map((score) => exponential(score, keep));
    results.slice(1).forEach((result, i) => {
      if (result < (results[i] ?? 0n)) throw new Error(`falls to 0x${result.toString(16)} at place ${i + 1}`);
    });
  });
});
