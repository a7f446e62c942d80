import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  exponentBias,
  formatBounds,
  formatWidth,
  parseFormat,
  specialPatterns,
  type FloatFormat,
} from "../../../gen/numeric/format.ts";
import { roundToFormat, toNumber } from "../../../gen/numeric/round.ts";

/** A rational number: numerator * 2^exponent. */
interface Exact {
  readonly numerator: bigint;
  readonly exponent: number;
}

function exactOf(value: number): Exact {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const field = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  return { numerator: field === 0 ? fraction : fraction | (1n << 52n), exponent: Math.max(field, 1) - 1075 };
}

/** Rounds by searching: of all patterns, the one nearest to the value, the even one of two. In whole numbers only. */
function nearestPattern(value: number, format: FloatFormat): bigint {
  const { infinity } = specialPatterns(format);
  const smallest = 1 - exponentBias(format) - format.mantissaBits;
  const exact = exactOf(value);
  const common = Math.min(exact.exponent, smallest);
  const target = exact.numerator << BigInt(exact.exponent - common);
  // The pattern of infinity stands for the value that would follow the largest finite one (IEEE 754, 4.3.1).
  const scaled = (pattern: bigint): bigint => {
    const field = pattern >> BigInt(format.mantissaBits);
    const mantissa = pattern & ((1n << BigInt(format.mantissaBits)) - 1n);
    const significand = field === 0n ? mantissa : mantissa | (1n << BigInt(format.mantissaBits));
    return significand << ((field === 0n ? 0n : field - 1n) + BigInt(smallest - common));
  };
  let low = 0n;
  let high = infinity;
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (scaled(middle) <= target) low = middle;
    else high = middle - 1n;
  }
  if (low === infinity) return infinity;
  const below = target - scaled(low);
  const above = scaled(low + 1n) - target;
  return below < above || (below === above && low % 2n === 0n) ? low : low + 1n;
}

const formats = fc
  .tuple(
    fc.integer({ min: formatBounds.exponentBits[0], max: formatBounds.exponentBits[1] }),
    fc.integer({ min: formatBounds.mantissaBits[0], max: formatBounds.mantissaBits[1] }),
  )
  .map(([e, m]) => parseFormat(`e${e}m${m}`));

/** Values near and in the format's range, ties and their neighbours among them. */
const cases = formats.chain((format) =>
  fc
    .tuple(
      fc.bigInt({ min: 0n, max: specialPatterns(format).largestFinite }),
      fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
      fc.constantFrom(-1, 0, 1),
    )
    .map(([pattern, part, nudge]) => {
      const here = toNumber(pattern, format);
      const next = pattern === specialPatterns(format).largestFinite ? here : toNumber(pattern + 1n, format);
      const value = here + part * (next - here);
      return { format, value: value * (1 + nudge * Number.EPSILON) };
    }),
);

describe("roundToFormat", () => {
  it("gives the nearest value, ties to even, as exact rational arithmetic finds it", () => {
    fc.assert(
      fc.property(cases, ({ format, value }) => {
        expect(roundToFormat(value, format)).toBe(nearestPattern(value, format));
      }),
      { numRuns: 5000 },
    );
  });

  it("agrees with exact rational arithmetic on any float64 whatever", () => {
    fc.assert(
      fc.property(formats, fc.double({ noNaN: true, noDefaultInfinity: true }), (format, value) => {
        const magnitude =
          roundToFormat(value, format) &
          (specialPatterns(format).infinity | ((1n << BigInt(format.mantissaBits)) - 1n));
        expect(magnitude).toBe(nearestPattern(value, format));
      }),
      { numRuns: 5000 },
    );
  });

  it("agrees with Math.fround for binary32", () => {
    const binary32 = parseFormat("e8m23");
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e39, max: 1e39 }), (value) => {
        expect(toNumber(roundToFormat(value, binary32), binary32)).toBe(Math.fround(value));
      }),
      { numRuns: 5000 },
    );
  });

  it("returns every BF16, FP16 and FP8 pattern it was given the value of", () => {
    for (const format of ["bf16", "fp16", "fp8_e4m3", "fp8_e5m2"].map(parseFormat)) {
      const { canonicalNan } = specialPatterns(format);
      for (let bits = 0n; bits < 1n << BigInt(formatWidth(format)); bits++) {
        const value = toNumber(bits, format);
        expect(roundToFormat(value, format)).toBe(Number.isNaN(value) ? canonicalNan : bits);
      }
    }
  });

  it("keeps the sign of zero and of what underflows, and overflows to infinity from half a spacing above", () => {
    const bf16 = parseFormat("bf16");
    expect(roundToFormat(-0, bf16)).toBe(0x8000n);
    expect(roundToFormat(-1e-300, bf16)).toBe(0x8000n);
    expect(roundToFormat(NaN, bf16)).toBe(0x7fc0n);
    expect(roundToFormat(-Infinity, bf16)).toBe(0xff80n);
    const tie = 2 ** 128 - 2 ** 119;
    expect(roundToFormat(tie, bf16)).toBe(0x7f80n);
    expect(roundToFormat(tie * (1 - Number.EPSILON), bf16)).toBe(0x7f7fn);
  });
});

describe("toNumber", () => {
  it("decodes known BF16 and FP16 patterns", () => {
    const bf16 = parseFormat("bf16");
    const fp16 = parseFormat("fp16");
    expect(toNumber(0x3f80n, bf16)).toBe(1);
    expect(toNumber(0xc0a0n, bf16)).toBe(-5);
    expect(toNumber(0x0001n, bf16)).toBe(2 ** -133);
    expect(toNumber(0x8000n, bf16)).toBe(-0);
    expect(toNumber(0x7f81n, bf16)).toBeNaN();
    expect(toNumber(0x7bffn, fp16)).toBe(65504);
    expect(toNumber(0x03ffn, fp16)).toBe(1023 * 2 ** -24);
    expect(toNumber(0xfc00n, fp16)).toBe(-Infinity);
  });
});
