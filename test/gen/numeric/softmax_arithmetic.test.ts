import { describe, expect, it } from "vitest";
import { lookUp } from "../../../gen/numeric/bipartite.ts";
import {
  keyBits,
  maxLengthBounds,
  softmaxArithmetic,
  sumFractionBits,
  sumIntegerBits,
} from "../../../gen/numeric/softmax_arithmetic.ts";
import { logTable, probabilityTable, termTable } from "../../../gen/numeric/softmax_tables.ts";

const grid = 2 ** -softmaxArithmetic.fractionBits;
const fractions = Array.from({ length: 1 / grid }, (_, f) => f);
const log2eError = Math.abs(softmaxArithmetic.log2e.numerator / 2 ** softmaxArithmetic.log2e.fractionBits - Math.LOG2E);

/** The least and the greatest error of a power table, as a factor's log2; `f` is in the middle of its step. */
function powerErrors(table: typeof termTable): [number, number] {
  const { outputBits, rounding } = table.spec;
  const errors = fractions.map(
    (f) => Math.log2(1 + (lookUp(table, f) - rounding) / 2 ** outputBits) - (f + 0.5) * grid,
  );
  return [Math.min(...errors), Math.max(...errors)];
}

/** The same of log2 for every sum whose leading bits are `f`. */
function logErrors(): [number, number] {
  const value = (f: number): number => lookUp(logTable, f) / 2 ** logTable.spec.outputBits;
  return [
    Math.min(...fractions.map((f) => value(f) - Math.log2(1 + (f + 1) * grid))),
    Math.max(...fractions.map((f) => value(f) - Math.log2(1 + f * grid))),
  ];
}

/** The worst error of a result in ulp, half of it the rounding's, for a sum of `fractionBits`. */
function worstUlps(length: number, fractionBits: number): number {
  const [termLow, termHigh] = powerErrors(termTable);
  const [logLow, logHigh] = logErrors();
  const [powerLow, powerHigh] = powerErrors(probabilityTable);
  const positions = 2 * (grid / 2); // of y in its step: the element's and the sum's
  // An element of at least 2^-126 is at most 88 below the maximum; the sum's mean distance is at most ln N + 1.
  const slope = log2eError * (88 + Math.log(length) + 1);
  const cutOff = (length * 2 ** -fractionBits) / Math.LN2;
  const tooHigh = positions + slope - termLow + cutOff - logLow + powerHigh;
  const tooLow = positions + slope + termHigh + logHigh - powerLow;
  // Just below a power of two an error of e in log2 is 256 ln(2) e ulp.
  return 0.5 + 256 * Math.LN2 * Math.max(tooHigh, tooLow);
}

describe("the error budget of softmax", () => {
  it("stays below 1 ulp for every maxLength", () => {
    for (let length = 1; length <= maxLengthBounds.most; length = Math.ceil(length * 1.1)) {
      expect(worstUlps(length, sumFractionBits(length)), `maxLength ${length}`).toBeLessThan(1);
    }
    expect(worstUlps(4096, sumFractionBits(4096))).toBeCloseTo(0.978, 3);
  });

  it("has no room for a narrower sum", () => {
    expect(worstUlps(4096, sumFractionBits(4096) - 1)).toBeGreaterThan(1);
  });

  it("has log2(e) good to 5.8e-7", () => {
    expect(log2eError).toBeLessThan(5.8e-7);
  });
});

describe("the widths of softmax", () => {
  it("are those of the published engine at maxLength 4,096", () => {
    expect([keyBits, sumIntegerBits(4096), sumFractionBits(4096)]).toEqual([32, 13, 23]);
    expect([sumIntegerBits(4095), sumFractionBits(4095)]).toEqual([13, 23]);
    expect([sumIntegerBits(4097), sumFractionBits(4097)]).toEqual([14, 24]);
  });

  it("hold the sum of as many of the largest terms as a row can have", () => {
    const largestTerm = 1 + Math.max(...fractions.map((f) => lookUp(termTable, f))) / 2 ** termTable.spec.outputBits;
    for (const length of [1, 2, 3, 1000, 4096, maxLengthBounds.most]) {
      expect(length * largestTerm).toBeLessThan(2 ** sumIntegerBits(length));
    }
  });

  it("keep a term in one piece: the sum has at least its fraction bits", () => {
    expect(sumFractionBits(1)).toBeGreaterThanOrEqual(termTable.spec.outputBits);
  });

  it("give every large score a power above all others and below the sign", () => {
    const { large, largeExponent, integerBits, log2e } = softmaxArithmetic;
    const largestFixed = 2 ** (largeExponent - 127) * (log2e.numerator / 2 ** log2e.fractionBits);
    expect(large.marker).toBeGreaterThan(largestFixed + softmaxArithmetic.negligiblePowers);
    expect(large.marker + large.step * (2 ** large.codeBits - 1)).toBeLessThan(2 ** (integerBits - 1));
  });

  it("leave equal large scores clear of the step that separates them from the next", () => {
    expect(Math.log2(maxLengthBounds.most) + 1).toBeLessThan(softmaxArithmetic.negligibleLargePowers);
  });
});
