import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  exponentBias,
  formatWidth,
  parseFormat,
  specialPatterns,
  type FloatFormat,
} from "../../../gen/numeric/format.ts";
import { roundToFormat, toNumber } from "../../../gen/numeric/round.ts";
import { batchModel } from "../../../tb/golden/batch.ts";
import { biasedRelu, biasedReluModel } from "../../../tb/golden/biased-relu.ts";
import { exponentialModel } from "../../../tb/golden/exponential.ts";
import { relu, reluModel } from "../../../tb/golden/relu.ts";

const bf16 = { format: parseFormat("bf16"), subnormals: "keep" } as const;
const bf16Flush = { format: parseFormat("bf16"), subnormals: "flush" } as const;

/** The sum in exact whole numbers (of smallest subnormals), then rounded to nearest even by comparison of remainders. */
function exactSum(a: bigint, b: bigint, format: FloatFormat): bigint {
  const units = (bits: bigint): bigint => {
    const mantissaSize = BigInt(format.mantissaBits);
    const magnitude = bits & ((1n << BigInt(formatWidth(format) - 1)) - 1n);
    const field = magnitude >> mantissaSize;
    const mantissa = magnitude & ((1n << mantissaSize) - 1n);
    const value = field === 0n ? mantissa : (mantissa | (1n << mantissaSize)) << (field - 1n);
    return magnitude === bits ? value : -value;
  };
  const sum = units(a) + units(b);
  if (sum <= 0n) return 0n;
  const { infinity } = specialPatterns(format);
  const excess = BigInt(Math.max(sum.toString(2).length - format.mantissaBits - 1, 0));
  const kept = sum >> excess;
  const remainder = sum - (kept << excess);
  const half = excess === 0n ? 1n : 1n << (excess - 1n);
  const up = remainder > half || (remainder === half && kept % 2n === 1n) ? 1n : 0n;
  const pattern = (excess << BigInt(format.mantissaBits)) + kept + up;
  return pattern > infinity ? infinity : pattern;
}

const formats = ["bf16", "fp16", "fp8_e4m3", "fp8_e5m2", "e2m1", "e3m4", "e8m23", "e8m15", "e5m20", "e2m23"].map(
  parseFormat,
);

describe("relu", () => {
  it("gives +0 for every negative sign and passes everything else, NaNs too", () => {
    for (const bits of [0x8000n, 0x8001n, 0xbf80n, 0xff80n, 0xffc0n, 0xff81n]) expect(relu(bits, bf16)).toBe(0n);
    for (const bits of [0n, 1n, 0x3f80n, 0x7f80n, 0x7f81n, 0x7fffn]) expect(relu(bits, bf16)).toBe(bits);
  });

  it("gives +0 for subnormals where they are flushed", () => {
    expect(relu(0x007fn, bf16Flush)).toBe(0n);
    expect(relu(0x0080n, bf16Flush)).toBe(0x0080n);
  });
});

describe("biasedRelu", () => {
  it.each([
    ["1 + 1 = 2", 0x3f80n, 0x3f80n, 0x4000n],
    ["1 - 1 = +0", 0x3f80n, 0xbf80n, 0n],
    ["-0 - 0 = +0", 0x8000n, 0x8000n, 0n],
    ["1 + half a spacing ties to even, down", 0x3f80n, 0x3b80n, 0x3f80n],
    ["1 and a spacing + half a spacing ties to even, up", 0x3f81n, 0x3b80n, 0x3f82n],
    ["the smallest subnormals add up", 1n, 1n, 2n],
    ["a negative sum gives +0", 0x3f80n, 0xc000n, 0n],
    ["overflow gives infinity", 0x7f7fn, 0x7f7fn, 0x7f80n],
    ["infinity - infinity gives the canonical NaN", 0x7f80n, 0xff80n, 0x7fc0n],
    ["-infinity + 1 gives +0", 0xff80n, 0x3f80n, 0n],
    ["a signalling NaN gives the canonical NaN", 0x7f81n, 0x3f80n, 0x7fc0n],
    ["a negative NaN gives the canonical NaN", 0x3f80n, 0xffffn, 0x7fc0n],
    ["a NaN wins over -infinity", 0xff80n, 0x7fc1n, 0x7fc0n],
  ])("%s", (_claim, score, bias, expected) => {
    expect(biasedRelu(score, bias, bf16)).toBe(expected);
  });

  it("takes subnormal operands as zero and makes subnormal results zero where they are flushed", () => {
    expect(biasedRelu(0x007fn, 0x3f80n, bf16Flush)).toBe(0x3f80n);
    expect(biasedRelu(0x0081n, 0x8080n, bf16)).toBe(1n);
    expect(biasedRelu(0x0081n, 0x8080n, bf16Flush)).toBe(0n);
    expect(biasedRelu(0x0100n, 0x8080n, bf16Flush)).toBe(0x0080n);
  });

  it("agrees with exact integer arithmetic for finite operands of any format", () => {
    const operands = fc.constantFrom(...formats).chain((format) => {
      const { largestFinite } = specialPatterns(format);
      const sign = 1n << BigInt(formatWidth(format) - 1);
      const magnitude = fc.bigInt({ min: 0n, max: largestFinite });
      const close = fc.tuple(magnitude, fc.bigInt({ min: -40n, max: 40n })).map(([a, step]) => {
        const b = a + step;
        return [a, b < 0n || b > largestFinite ? a : b] as const;
      });
      return fc
        .tuple(fc.oneof(fc.tuple(magnitude, magnitude), close), fc.boolean(), fc.boolean())
        .map(([[a, b], minusA, minusB]) => ({ format, a: minusA ? a | sign : a, b: minusB ? b | sign : b }));
    });
    fc.assert(
      fc.property(operands, ({ format, a, b }) => {
        expect(biasedRelu(a, b, { format, subnormals: "keep" })).toBe(exactSum(a, b, format));
      }),
      { numRuns: 20_000 },
    );
  });

  it("agrees with exact integer arithmetic on every finite pair of FP8 E4M3", () => {
    const format = parseFormat("fp8_e4m3");
    for (let a = 0n; a < 256n; a++) {
      for (let b = 0n; b < 256n; b++) {
        if (!Number.isFinite(toNumber(a, format)) || !Number.isFinite(toNumber(b, format))) continue;
        expect(biasedRelu(a, b, { format, subnormals: "keep" })).toBe(exactSum(a, b, format));
      }
    }
  });

  it("never returns a subnormal whose rounding differed before and after (a subnormal sum is exact)", () => {
    const format = parseFormat("fp16");
    const limit = 2 ** (1 - exponentBias(format));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0x0fffn }), fc.bigInt({ min: 0n, max: 0x0fffn }), (a, b) => {
        const sum = toNumber(a, format) - toNumber(b, format);
        if (Math.abs(sum) < limit) expect(toNumber(roundToFormat(sum, format), format)).toBe(sum);
      }),
    );
  });
});

describe("batchModel", () => {
  it.each(
    formats.flatMap((format) =>
      Object.entries({ relu: reluModel, flare: biasedReluModel }).flatMap(([unit, plain]) =>
        (["keep", "flush"] as const).map((subnormals) => ({ unit, plain, format, subnormals, name: format.name })),
      ),
    ),
  )("equals the plain model of $unit in $name with subnormals $subnormals", ({ plain, format, subnormals }) => {
    const options = { format, subnormals };
    const batch = batchModel(plain, options);
    const width = formatWidth(format);
    const pattern = fc.oneof(
      fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }),
      fc.bigInt({ min: 0n, max: 1n << BigInt(format.mantissaBits + 1) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(pattern, pattern), { minLength: 50, maxLength: 100 }), (pairs) => {
        const result = new Uint32Array(pairs.length);
        const column = (i: 0 | 1): number[] => pairs.map((pair) => Number(pair[i]));
        batch(column(0), column(1), result, pairs.length);
        expect([...result].map(BigInt)).toEqual(pairs.map(([score, bias]) => plain.compute(score, bias, options)));
      }),
    );
  });

  it.each(["keep", "flush"] as const)("equals the plain exponential on every input, subnormals %s", (subnormals) => {
    const options = { format: parseFormat("bf16"), subnormals };
    const plain = exponentialModel;
    const scores = Uint16Array.from({ length: 2 ** 16 }, (_, score) => score);
    const result = new Uint32Array(scores.length);
    batchModel(plain, options)(scores, [], result, scores.length);
    expect(plain.operands).toBe(1);
    scores.forEach((score) => {
      if (BigInt(result[score] ?? 0) !== plain.compute(BigInt(score), 0n, options))
        throw new Error(`score 0x${score.toString(16)}`);
    });
  });

  it("refuses an exponential of a format that it has no tables for", () => {
    expect(() => exponentialModel.compute(0n, 0n, { format: parseFormat("fp16"), subnormals: "keep" })).toThrow(
      "exp has tables for bf16 only, not for fp16; use bf16",
    );
  });
});
