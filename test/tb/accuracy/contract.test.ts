import { describe, expect, it } from "vitest";
import { judgeRow } from "../../../tb/accuracy/row.ts";
import { bf16, repeated } from "../../../tb/bench/stimulus/softmax/scores.ts";
import { softmax } from "../../../tb/golden/softmax.ts";

const options = { lanes: 1, maxLength: 64, subnormals: "keep" } as const;
const [one, nan] = [0x3f80n, 0x7fc0n];

describe("judgeRow", () => {
  it.each<[string, bigint[], bigint[], string]>([
    ["a result a whole ulp off", repeated(0, 3), repeated(0.3359, 3), "element 0 of 3, score 0: 0x3eac for 0.333"],
    ["one above 1", [0n], [one + 1n], "above 1, negative or NaN"],
    ["a negative one", [0n, bf16(-200)], [one, 0x8000n], "above 1, negative or NaN"],
    ["one below 2^-126 that is not +0", [0n, bf16(-100)], [one, 0x0080n], "below 2^-126 gives +0"],
    ["a large one near 2^-126", [0n, bf16(-87.5)], [one, 0x0082n], "below 2^-126 gives +0"],
    ["a number for a row of masks", [0xff80n], [one], "the row has no softmax"],
    ["a NaN for a row that has one", [0n], [nan], "above 1, negative or NaN"],
    ["a result too few", [0n, 0n], [one], "2 scores gave 1 results"],
    ["equal scores with different results", repeated(0, 3), [0x3eabn, 0x3eaan, 0x3eabn], "out of order with element"],
    [
      "a larger score with a smaller result",
      [bf16(0), bf16(0.0001), bf16(0)],
      [0x3eabn, 0x3eaan, 0x3eabn],
      "out of order with element",
    ],
  ])("refuses %s", (_what, scores, results, sentence) => {
    expect(() => judgeRow(scores, results)).toThrow(sentence);
  });

  it("measures what keeps the contract: ulps, relative error and sum", () => {
    const { errors, sumError } = judgeRow(repeated(0, 3), [0x3eabn, 0x3eabn, 0x3eabn]);
    expect([errors.results, errors.correctlyRounded, errors.undecided]).toEqual([3, 3, 0]);
    expect(errors.worstUlps).toBeCloseTo(1 / 3, 10);
    expect(errors.worst?.place).toBe(0);
    expect(errors.worstRelativeError).toBeCloseTo(1 / 512, 10);
    expect(errors.meanRelativeError).toBeCloseTo(1 / 512, 10);
    expect(sumError).toBeCloseTo(1 / 512, 10);
  });

  it("counts no result of a row without a softmax, and none below 2^-126", () => {
    const row = [0n, 0x7f80n];
    expect(judgeRow(row, softmax(row, options))).toMatchObject({ sumError: undefined, errors: { results: 0 } });
    const far = [bf16(0), bf16(-100)];
    expect(judgeRow(far, softmax(far, options)).errors.results).toBe(1);
  });
});
