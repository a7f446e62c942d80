import { describe, expect, it } from "vitest";
import { formatWidth, parseFormat, specialPatterns } from "../../../../gen/numeric/format.ts";
import { toNumber } from "../../../../gen/numeric/round.ts";
import { seededRandom } from "../../../../tb/bench/random.ts";
import { corners } from "../../../../tb/bench/stimulus/corners.ts";
import { pairKinds, randomPairs } from "../../../../tb/bench/stimulus/pairs.ts";

const formats = ["bf16", "fp16", "fp8_e4m3", "fp8_e5m2", "e2m1", "e8m23", "e2m23", "e8m1"].map(parseFormat);

describe("corners", () => {
  it.each(formats)(
    "of $name are distinct patterns of the format and contain every special value, in both signs",
    (format) => {
      const list = corners(format);
      const sign = 1n << BigInt(formatWidth(format) - 1);
      expect(new Set(list).size).toBe(list.length);
      expect(list.every((bits) => bits >= 0n && bits < 2n * sign)).toBe(true);
      const { infinity, canonicalNan, largestFinite, smallestNormal, one } = specialPatterns(format);
      for (const bits of [0n, 1n, smallestNormal - 1n, smallestNormal, one, largestFinite, infinity, canonicalNan]) {
        expect(list).toContain(bits);
        expect(list).toContain(bits | sign);
      }
    },
  );

  it("of BF16 hold signalling NaNs, and pairs that are ties of one", () => {
    const list = corners(parseFormat("bf16"));
    expect(list).toContain(0x7f81n);
    expect(list).toContain(0x3b80n);
    expect(list.length).toBeGreaterThan(60);
    expect(list.length).toBeLessThan(200);
  });
});

describe("randomPairs", () => {
  it.each(formats)("of $name are patterns of the format, the same for the same seed", (format) => {
    const draw = (): Uint32Array[] => {
      const pairs = { scores: new Uint32Array(5000), biases: new Uint32Array(5000) };
      randomPairs(format, seededRandom(5))(pairs, 0, 5000);
      return [pairs.scores, pairs.biases];
    };
    const [scores, biases] = draw();
    for (const array of [scores, biases]) {
      for (const bits of array ?? []) expect(bits).toBeLessThan(2 ** formatWidth(format));
    }
    expect(draw()).toEqual([scores, biases]);
  });

  it("meet every alignment distance, both ways, in BF16", () => {
    const format = parseFormat("bf16");
    const count = 50_000;
    const pairs = { scores: new Uint32Array(count), biases: new Uint32Array(count) };
    randomPairs(format, seededRandom(2))(pairs, 0, count);
    const exponent = (bits = 0): number => (bits >> 7) & 0xff;
    const distances = new Set<number>();
    for (let i = 0; i < count; i++) distances.add(exponent(pairs.scores[i]) - exponent(pairs.biases[i]));
    for (let distance = -12; distance <= 12; distance++) expect(distances).toContain(distance);
  });

  it("of kind tied are exact ties for more than a third in BF16", () => {
    const format = parseFormat("bf16");
    const kinds = pairKinds(format, seededRandom(9));
    const pairs = { scores: new Uint32Array(1), biases: new Uint32Array(1) };
    let ties = 0;
    for (let i = 0; i < 4000; i++) {
      kinds.tied(pairs, 0);
      const [a, b] = [pairs.scores[0] ?? 0, pairs.biases[0] ?? 0].map((bits) => toNumber(BigInt(bits), format));
      const sum = Math.abs((a ?? 0) + (b ?? 0));
      const spacing = 2 ** (Math.floor(Math.log2(sum)) - format.mantissaBits);
      if (Math.abs((sum / spacing) % 1) === 0.5) ties++;
    }
    expect(ties).toBeGreaterThan(4000 / 3);
  });

  it("of kind sinking meet every difference of up to 8 places at every exponent of up to 8, in BF16", () => {
    const kinds = pairKinds(parseFormat("bf16"), seededRandom(9));
    const pairs = { scores: new Uint32Array(1), biases: new Uint32Array(1) };
    const met = new Set<string>();
    for (let i = 0; i < 50_000; i++) {
      kinds.sinking(pairs, 0);
      const [a = 0, b = 0] = [pairs.scores[0], pairs.biases[0]].map((bits = 0) => bits & 0x7fff);
      expect(((pairs.scores[0] ?? 0) ^ (pairs.biases[0] ?? 0)) & 0x8000).toBe(0x8000);
      met.add(`${Math.max(a, b) >> 7} ${Math.floor(Math.log2(Math.abs(a - b)))}`);
    }
    for (let exponent = 1; exponent <= 8; exponent++) {
      for (let places = 0; places < 8; places++) expect(met).toContain(`${exponent} ${places}`);
    }
  });

  it("of kind special meet NaNs and subnormals of each mantissa bit by itself, as score and as bias", () => {
    const kinds = pairKinds(parseFormat("bf16"), seededRandom(9));
    const pairs = { scores: new Uint32Array(1), biases: new Uint32Array(1) };
    const met = [new Set<number>(), new Set<number>()] as const;
    for (let i = 0; i < 5000; i++) {
      kinds.special(pairs, 0);
      met[0].add((pairs.scores[0] ?? 0) & 0x7fff);
      met[1].add((pairs.biases[0] ?? 0) & 0x7fff);
    }
    for (const seen of met) {
      for (const mantissa of [0, 1, 2, 4, 8, 16, 32, 64]) {
        expect(seen).toContain(mantissa);
        expect(seen).toContain(0x7f80 + mantissa);
      }
    }
  });

  it("of kind cancelling have opposite signs and often close magnitudes", () => {
    const kinds = pairKinds(parseFormat("fp16"), seededRandom(9));
    const pairs = { scores: new Uint32Array(1), biases: new Uint32Array(1) };
    let close = 0;
    for (let i = 0; i < 1000; i++) {
      kinds.cancelling(pairs, 0);
      const [a = 0, b = 0] = [pairs.scores[0], pairs.biases[0]];
      expect((a ^ b) & 0x8000).toBe(0x8000);
      if (Math.abs((a & 0x7fff) - (b & 0x7fff)) <= 4) close++;
    }
    expect(close).toBeGreaterThan(400);
  });
});
