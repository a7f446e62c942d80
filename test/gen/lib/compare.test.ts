import { describe, expect, it } from "vitest";
import { alignBits } from "../../../gen/lib/align.ts";
import { compareMagnitudes } from "../../../gen/lib/compare.ts";
import { unpack } from "../../../gen/lib/unpack.ts";
import { formatWidth, parseFormat } from "../../../gen/numeric/format.ts";
import { all, combinational } from "../support/combinational.ts";

describe.each(["e2m1", "e4m1", "e3m2"])("compareMagnitudes in %s", (name) => {
  const format = parseFormat(name);
  const size = 1n << BigInt(format.mantissaBits);
  const width = formatWidth(format);

  it("orders every pair and gives both distances", () => {
    const evaluate = combinational({ a: width, b: width }, (m, { a, b }) => {
      const operands = [unpack(m, "left", a, format, "keep"), unpack(m, "right", b, format, "keep")] as const;
      for (const { name: operand, sign, hidden, special, fraction } of operands) {
        m.unused(operand, [sign, hidden, special, fraction], "A comparison of magnitudes takes none of these.");
      }
      const { aAbove, bAbove, ...flags } = compareMagnitudes(m, operands, format);
      return { ...flags, aLow: aAbove.low, aBeyond: aAbove.beyond, bLow: bAbove.low, bBeyond: bAbove.beyond };
    });
    const reach = 1n << BigInt(Math.min(format.exponentBits, alignBits(format.mantissaBits + 1)));
    const asBit = (condition: boolean): bigint => (condition ? 1n : 0n);
    for (const a of all(width - 1)) {
      for (const b of all(width - 1)) {
        const found = evaluate({ a, b });
        const apart = a / size - b / size;
        expect(found).toMatchObject({
          exponentsEqual: asBit(apart === 0n),
          exponentAtLeast: asBit(apart >= 0n),
          greater: asBit(a > b),
          equal: asBit(a === b),
        });
        // Each distance is meant for the order in which it is not negative.
        if (apart >= 0n) expect(found).toMatchObject({ aLow: apart % reach, aBeyond: asBit(apart >= reach) });
        if (apart <= 0n) expect(found).toMatchObject({ bLow: -apart % reach, bBeyond: asBit(-apart >= reach) });
      }
    }
  });
});
