import { describe, expect, it } from "vitest";
import { addMagnitudes } from "../../../gen/lib/add_magnitudes.ts";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { roundToFormat } from "../../../gen/numeric/round.ts";
import { addendInputs, addendsOf, allCases } from "../support/addends.ts";
import { combinational } from "../support/combinational.ts";
import { fieldsOf, numberOf } from "../support/operands.ts";

describe.each(["e2m1", "e3m1", "e4m1", "e3m2", "e2m3", "e4m2"])("addMagnitudes in %s", (name) => {
  const format = parseFormat(name);
  const infinity = (1n << BigInt(format.exponentBits)) - 1n;

  it.each([true, false])("rounds every sum and difference to nearest, ties to even (beyond apart: %s)", (separate) => {
    const evaluate = combinational(addendInputs(format), (m, signals) => {
      const { exponent, mantissa, overflow } = addMagnitudes(m, addendsOf(m, signals, separate));
      return { exponent, mantissa, overflow };
    });
    for (const { lead, other, subtract, halves, values } of allCases(format, separate)) {
      const expected = fieldsOf(roundToFormat(numberOf(halves, format), format), format);
      const { overflow, ...fields } = evaluate(values);
      const what = `${lead.pattern} ${subtract ? "-" : "+"} ${other.pattern}`;
      expect(overflow, `overflow of ${what}`).toBe(expected.exponent === infinity ? 1n : 0n);
      // After an overflow the caller clears the mantissa.
      if (overflow === 1n) expect(fields.exponent, what).toBe(infinity);
      else expect(fields, what).toEqual(expected);
    }
  });
});
