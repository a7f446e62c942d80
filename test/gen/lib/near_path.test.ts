import { describe, expect, it } from "vitest";
import { nearPath } from "../../../gen/lib/near_path.ts";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { roundToFormat } from "../../../gen/numeric/round.ts";
import { addendInputs, addendsOf, allCases, isNear } from "../support/addends.ts";
import { combinational } from "../support/combinational.ts";
import { fieldsOf, numberOf } from "../support/operands.ts";

describe.each(["e2m1", "e3m1", "e3m2", "e2m3", "e4m2"])("nearPath in %s", (name) => {
  const format = parseFormat(name);
  const evaluate = combinational(addendInputs(format), (m, signals) => {
    const { exponent, mantissa, chosen } = nearPath(m, addendsOf(m, signals, false));
    return { exponent, mantissa, chosen };
  });

  it("is chosen exactly for a difference of close exponents that loses its top place, above the least exponent", () => {
    for (const each of allCases(format, false)) {
      const what = `${each.lead.pattern} and ${each.other.pattern}, subtract ${each.subtract}`;
      expect(evaluate(each.values).chosen, what).toBe(isNear(each) ? 1n : 0n);
    }
  });

  it("gives the exact difference, normal or subnormal, whenever it is chosen", () => {
    for (const each of allCases(format, false)) {
      if (!isNear(each)) continue;
      const { exponent, mantissa } = evaluate(each.values);
      const value = numberOf(each.halves, format);
      expect({ exponent, mantissa }).toEqual(fieldsOf(roundToFormat(value, format), format));
    }
  });
});
