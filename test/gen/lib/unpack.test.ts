import { describe, expect, it } from "vitest";
import { rawSignificand, unpack } from "../../../gen/lib/unpack.ts";
import { exponentBias, formatWidth, parseFormat } from "../../../gen/numeric/format.ts";
import { toNumber } from "../../../gen/numeric/round.ts";
import { all, combinational } from "../support/combinational.ts";

describe.each(["e2m1", "e3m4", "fp8_e4m3", "fp8_e5m2"])("%s", (name) => {
  const format = parseFormat(name);
  const width = formatWidth(format);
  const bias = exponentBias(format);

  it.each(["keep", "flush"] as const)(
    "unpack and rawSignificand hold the value of every pattern (%s)",
    (subnormals) => {
      const evaluate = combinational({ value: width }, (m, { value }) => {
        const parts = unpack(m, "operand", value, format, subnormals);
        const { sign, exponent, hidden, special, fraction } = parts;
        return { sign, exponent, hidden, special, fraction, significand: rawSignificand(m, parts) };
      });
      for (const value of all(width)) {
        const found = evaluate({ value });
        const number = toNumber(value, format);
        expect(found.sign).toBe(value >> BigInt(width - 1));
        expect(found.special).toBe(Number.isFinite(number) ? 0n : 1n);
        if (found.special === 1n) {
          expect(found.fraction).toBe(Number.isNaN(number) ? 1n : 0n);
          continue;
        }
        const flushed = subnormals === "flush" && Math.abs(number) < 2 ** (1 - bias);
        const weight = 2 ** (Number(found.exponent) - bias - format.mantissaBits);
        expect(Number(found.significand) * weight).toBe(flushed ? 0 : Math.abs(number));
        expect(found.hidden).toBe(Math.abs(number) >= 2 ** (1 - bias) ? 1n : 0n);
        const isPowerOfTwo = Number.isInteger(Math.log2(Math.abs(number)));
        if (found.hidden === 1n) expect(found.fraction).toBe(isPowerOfTwo ? 0n : 1n);
        else expect(found.fraction).toBe(flushed || number === 0 ? 0n : 1n);
      }
    },
  );
});
