import { describe, expect, it } from "vitest";
import { farPath } from "../../../gen/lib/far_path.ts";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { roundToFormat } from "../../../gen/numeric/round.ts";
import { addendInputs, addendsOf, allCases, isNear } from "../support/addends.ts";
import { combinational } from "../support/combinational.ts";
import { fieldsOf, numberOf } from "../support/operands.ts";

describe.each(["e3m1", "e3m2", "e4m2"])("farPath in %s", (name) => {
  const format = parseFormat(name);

  it("rounds every sum, and every difference that keeps its top place or has the least exponent", () => {
    const evaluate = combinational(addendInputs(format), (m, signals) => {
      const { exponent, mantissa } = farPath(m, addendsOf(m, signals, false));
      return { exponent, mantissa };
    });
    const infinity = (1n << BigInt(format.exponentBits)) - 1n;
    for (const each of allCases(format, false)) {
      if (isNear(each)) continue;
      const expected = fieldsOf(roundToFormat(numberOf(each.halves, format), format), format);
      const { exponent, mantissa } = evaluate(each.values);
      // An overflow's mantissa is cleared later.
      const found = { exponent, mantissa: expected.exponent === infinity ? 0n : mantissa };
      expect(found, `${each.lead.pattern} and ${each.other.pattern}`).toEqual(expected);
    }
  });
});
