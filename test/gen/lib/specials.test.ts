import { describe, expect, it } from "vitest";
import { placeSpecials, specialsOf } from "../../../gen/lib/specials.ts";
import { unpack } from "../../../gen/lib/unpack.ts";
import { formatWidth, parseFormat, specialPatterns } from "../../../gen/numeric/format.ts";
import { toNumber } from "../../../gen/numeric/round.ts";
import { all, combinational } from "../support/combinational.ts";

describe.each(["e2m1", "e2m2", "e3m2"])("in %s", (name) => {
  const format = parseFormat(name);
  const width = formatWidth(format);

  it("specialsOf says of every pair whether its sum is NaN and whether both are finite", () => {
    const evaluate = combinational({ a: width, b: width }, (m, { a, b }) => {
      const operands = [unpack(m, "left", a, format, "keep"), unpack(m, "right", b, format, "keep")] as const;
      for (const { name: operand, hidden } of operands) m.unused(operand, [hidden], "No special value depends on it.");
      const { subtract, nan, finite } = specialsOf(m, ...operands);
      return { subtract, nan, finite };
    });
    const signOf = (value: bigint): bigint => value >> BigInt(width - 1);
    for (const a of all(width)) {
      for (const b of all(width)) {
        const [x, y] = [toNumber(a, format), toNumber(b, format)];
        expect(evaluate({ a, b })).toEqual({
          subtract: signOf(a) === signOf(b) ? 0n : 1n,
          nan: Number.isNaN(x + y) ? 1n : 0n,
          finite: Number.isFinite(x) && Number.isFinite(y) ? 1n : 0n,
        });
      }
    }
  });

  it.each(["keep", "flush"] as const)("placeSpecials puts NaN before infinity, zero and the sum (%s)", (subnormals) => {
    const { exponentBits, mantissaBits } = format;
    const inputs = { exponent: exponentBits, mantissa: mantissaBits, overflow: 1, regular: 1, special: 1, nan: 1 };
    const evaluate = combinational(inputs, (m, { exponent, mantissa, overflow, ...outcome }) => ({
      result: placeSpecials(m, "result", { exponent, mantissa, overflow }, outcome, subnormals),
    }));
    const { infinity, canonicalNan } = specialPatterns(format);
    const kinds = [
      { name: "zero", regular: 0n, special: 0n, nan: 0n },
      { name: "infinity", regular: 0n, special: 1n, nan: 0n },
      { name: "NaN", regular: 0n, special: 1n, nan: 1n },
      { name: "sum", regular: 1n, special: 0n, nan: 0n },
    ];
    for (const { name: kind, ...outcome } of kinds) {
      for (const exponent of all(exponentBits)) {
        for (const mantissa of all(mantissaBits)) {
          const flushed = subnormals === "flush" && exponent === 0n;
          const sum = (exponent << BigInt(mantissaBits)) | (flushed ? 0n : mantissa);
          const expected = { zero: 0n, infinity, NaN: canonicalNan, sum }[kind];
          expect(evaluate({ exponent, mantissa, overflow: 0n, ...outcome }).result, kind).toBe(expected);
        }
      }
    }
    // With an overflow the sum's exponent is that of infinity already.
    const top = infinity >> BigInt(mantissaBits);
    for (const mantissa of all(mantissaBits)) {
      const overflow = { exponent: top, mantissa, overflow: 1n, regular: 1n, special: 0n, nan: 0n };
      expect(evaluate(overflow).result).toBe(infinity);
    }
  });
});
