import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { toNumber } from "../../../gen/numeric/round.ts";
import { judgeRow } from "../../../tb/accuracy/row.ts";
import type { ErrorTally } from "../../../tb/accuracy/tally.ts";
import { seededRandom } from "../../../tb/bench/random.ts";
import { bf16, gaussianRow, repeated, rowOf as row } from "../../../tb/bench/stimulus/softmax/scores.ts";
import { softmax, type SoftmaxOptions } from "../../../tb/golden/softmax.ts";
import { laneCounts, rows, uniform } from "../support/softmax-rows.ts";

const oneLane: SoftmaxOptions = { lanes: 1, maxLength: 4096, subnormals: "keep" };
const eightLanes: SoftmaxOptions = { ...oneLane, lanes: 8 };
const lengths = [1, 2, 7, 8, 9, 1023, 1024, 4095, 4096];
const [one, nan, infinity, mask] = [0x3f80n, 0x7fc0n, 0x7f80n, 0xff80n];

function judge(scores: readonly bigint[], options: SoftmaxOptions): ErrorTally<number> {
  return judgeRow(scores, softmax(scores, options)).errors;
}

/** One lane, eight lanes, and the row backwards. */
function judgeEachWay(scores: readonly bigint[]): void {
  judge(scores, oneLane);
  judge(scores, eightLanes);
  judge([...scores].reverse(), oneLane);
}

describe("softmax is faithful", () => {
  it("on Gaussian rows of every length, and at least 97 % of their results are correctly rounded", () => {
    const random = seededRandom(1);
    const all = [0.1, 0.5, 1, 2, 4, 10, 30].flatMap((scale) =>
      lengths.flatMap((length) =>
        Array.from({ length: length < 16 ? 100 : 2 }, (_, k) =>
          judge(gaussianRow(length, scale, random), k % 2 === 0 ? oneLane : eightLanes),
        ),
      ),
    );
    const sum = (part: (errors: ErrorTally<number>) => number): number => all.reduce((n, each) => n + part(each), 0);
    expect(sum((errors) => errors.correctlyRounded) / sum((errors) => errors.results)).toBeGreaterThan(0.97);
    expect(Math.max(...all.map((errors) => errors.worstUlps))).toBeLessThan(0.7);
  });

  it("on a maximum above 4,095 terms that a narrow sum would lose", () => {
    for (const low of [-4, -8, -10, -12, -14, -15, -16, -17, -20]) judgeEachWay([bf16(0), ...repeated(low, 4095)]);
  });

  it("on equal scores, whose sum takes every value up to 4,096", () => {
    for (let length = 1; length <= 4096; length += length < 300 ? 1 : 211) judge(repeated(-3.7, length), oneLane);
    for (const value of [0, 3e38, -3e38]) judgeEachWay(repeated(value, 4096));
  });

  it("on rising and falling rows, where every element or none rescales the sum", () => {
    for (const step of [0.0625, 0.25, 1, 2, 8, 64, 1e3, 1e5]) {
      for (const length of [9, 100, 1024]) judgeEachWay(row(length, (i) => (i - length / 2) * step));
    }
  });

  it("on rows of up to 2^14 elements where it is built for them, equal large scores among them", () => {
    const options = { ...eightLanes, maxLength: 2 ** 14 };
    for (const value of [1, 40960, -40960]) judge(repeated(value, 2 ** 14), options);
    judge([bf16(0), ...repeated(-13, 2 ** 14 - 1)], options);
    judge(repeated(2, 1), { ...oneLane, maxLength: 1 });
    judge(
      row(3, (i) => i / 3),
      { ...oneLane, maxLength: 3 },
    );
  });

  it("and in order, equal for equal scores, not above 1 and with a sum of 1, on any row", () => {
    fc.assert(
      fc.property(rows, laneCounts, fc.constantFrom(120, 4096), (scores, lanes, maxLength) => {
        judge(scores, { lanes, maxLength, subnormals: "keep" });
      }),
      { numRuns: 2000 },
    );
  });
});

describe("softmax of a single element", () => {
  it("is 1 for every finite score", () => {
    for (let magnitude = 0n; magnitude < infinity; magnitude++) {
      if (softmax([magnitude], oneLane)[0] !== one) throw new Error(`0x${magnitude.toString(16)}`);
      if (softmax([magnitude | 0x8000n], oneLane)[0] !== one) throw new Error(`-0x${magnitude.toString(16)}`);
    }
  });
});

describe("softmax of huge scores", () => {
  it("gives 0 and 1 for 39936 and 40960", () => {
    expect(softmax([bf16(39936), bf16(40960)], oneLane)).toEqual([0n, one]);
    expect(softmax([bf16(40960), bf16(39936)], eightLanes)).toEqual([one, 0n]);
    expect(softmax([bf16(-39936), bf16(-40960)], oneLane)).toEqual([one, 0n]);
  });

  it("gives 0 and 1 for any two neighbours from 2^15 on, of either sign", () => {
    for (let lower = 0x4700n; lower < 0x7f7fn; lower++) {
      expect(softmax([lower, lower + 1n], oneLane)).toEqual([0n, one]);
      expect(softmax([lower | 0x8000n, (lower + 1n) | 0x8000n], oneLane)).toEqual([one, 0n]);
    }
  });

  it("counts 4,095 of the nearest neighbours as nothing, before the maximum and after it", () => {
    for (const [lower, higher] of [
      [bf16(39936), bf16(40960)],
      [0x4700n, 0x4701n],
    ] as const) {
      const below = Array.from({ length: 4095 }, () => lower);
      for (const options of [oneLane, eightLanes]) {
        expect(softmax([higher, ...below], options)[0]).toBe(one);
        expect(softmax([...below, higher], options)[4095]).toBe(one);
      }
    }
  });

  it("shares equally among those that equal the maximum, whatever else there is", () => {
    const scores = row(1024, (i) => (i % 2 === 0 ? 3e38 : -3e38));
    expect(softmax(scores, eightLanes)).toEqual(row(1024, (i) => (i % 2 === 0 ? 1 / 512 : 0)));
    judgeEachWay(row(4096, (i) => (i === 1365 ? 40960 : Math.sin(i))));
  });

  it("is faithful across the step from fixed point to codes at 2^15", () => {
    for (const value of [16384, 16448, 32640, 32768, 33024]) judgeEachWay(row(9, (i) => (i % 3) * value - value));
  });
});

describe("softmax of masks, NaNs and infinities", () => {
  const plain = row(9, (i) => i / 4);
  const masked = (places: readonly number[]): bigint[] => plain.map((score, i) => (places.includes(i) ? mask : score));

  it.each([
    ["the front", [0, 1, 2]],
    ["the back", [6, 7, 8]],
    ["everywhere but one", [0, 1, 2, 3, 5, 6, 7, 8]],
  ])("an element of -infinity gives +0 at %s, and the rest is a softmax", (_place, places) => {
    const results = softmax(masked(places), oneLane);
    for (const i of places) expect(results[i]).toBe(0n);
    judgeEachWay(masked(places));
  });

  it("masks change no other bit where lanes do not regroup", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), (kept) => {
        fc.pre(kept.includes(true));
        const withMasks = softmax(
          plain.map((score, i) => (kept[i] === true ? score : mask)),
          oneLane,
        ).filter((_, i) => kept[i]);
        expect(withMasks).toEqual(
          softmax(
            plain.filter((_, i) => kept[i]),
            oneLane,
          ),
        );
      }),
    );
  });

  it.each([
    ["+infinity", 0x7f80n],
    ["a quiet NaN", 0x7fc0n],
    ["a signalling NaN", 0x7f81n],
    ["a negative NaN", 0xffc0n],
    ["a negative signalling NaN", 0xff81n],
  ])("%s anywhere gives the canonical NaN everywhere", (_name, bad) => {
    for (let place = 0; place < plain.length; place++) {
      const scores = [...plain, mask];
      scores[place] = bad;
      expect(softmax(scores, eightLanes)).toEqual(scores.map(() => nan));
    }
  });

  it("a row of -infinity only gives the canonical NaN", () => {
    for (const length of lengths) {
      const scores = Array.from({ length }, () => mask);
      expect(softmax(scores, eightLanes)).toEqual(scores.map(() => nan));
    }
  });

  it("a row longer than maxLength gives the canonical NaN at its own length", () => {
    expect(softmax(plain, { ...oneLane, maxLength: 8 })).toEqual(plain.map(() => nan));
    judge(plain, { ...oneLane, maxLength: 9 });
  });
});

describe("softmax of subnormals", () => {
  const subnormals = [0x0001n, 0x8001n, 0x007fn, 0x807fn, 0n, 0x8000n];

  it("is faithful, and gives equal results where they are flushed", () => {
    judgeEachWay(subnormals);
    expect(new Set(softmax(subnormals, { ...oneLane, subnormals: "flush" })).size).toBe(1);
  });

  it("takes them as zero where they are flushed, which a bit of the next element can show", () => {
    const flush = { ...oneLane, subnormals: "flush" } as const;
    expect(softmax([0x8001n, 0x3c03n], oneLane)).toEqual([0x3effn, 0x3f01n]);
    expect(softmax([0x8001n, 0x3c03n], flush)).toEqual([0x3effn, 0x3f00n]);
    expect(softmax([0n, 0x3c03n], oneLane)).toEqual([0x3effn, 0x3f00n]);
  });

  it("has no other bits where they are flushed and there are none", () => {
    const scores = gaussianRow(100, 3, seededRandom(2));
    expect(softmax(scores, { ...oneLane, subnormals: "flush" })).toEqual(softmax(scores, oneLane));
  });
});

describe("softmax with several lanes", () => {
  const value = (score: bigint): number => toNumber(score, parseFormat("bf16"));

  it("is the one-lane softmax of every row whose maximum comes first", () => {
    fc.assert(
      fc.property(rows, laneCounts, (scores, lanes) => {
        const most = scores.reduce((best, score) => (value(score) > value(best) ? score : best), mask);
        const first = [most, ...scores];
        expect(softmax(first, { ...oneLane, lanes })).toEqual(softmax(first, oneLane));
      }),
    );
  });
});

describe("softmax bit for bit", () => {
  it("has the bits of an independent model on 100 uniform rows in one, two and eight lanes", () => {
    // The digest is of the results of a C++ model in integer arithmetic (shifts, masks, 64 bits), not of this one.
    const random = uniform(3);
    const digest = createHash("sha256");
    const add = (scores: readonly bigint[], lanes: number): void => {
      digest.update(Uint16Array.from(softmax(scores, { lanes, maxLength: 1024, subnormals: "keep" }), Number));
    };
    for (const lanes of [1, 2, 8]) {
      for (let length = 1; length <= 1024; length += 31) {
        add(
          row(length, (i) => (i === 0 ? 0 : (random() - 1) * 2 ** (length % 6))),
          lanes,
        );
      }
    }
    // Terms far below the maximum, which show how the sum cuts off.
    add(
      row(1024, (i) => (i === 0 ? 0 : -8 - 8 * random())),
      1,
    );
    expect(digest.digest("hex")).toBe("e5a2849159eaf09a33c511a4af08eff48c91b7b71163d55513188eeeee05a44b");
  });
});
