import { describe, expect, it } from "vitest";
import { addWrap, concat, zero, zext } from "../../../gen/hdl/operators.ts";
import { bipartiteCorrections, correctionOf } from "../../../gen/lib/bipartite.ts";
import { lookUp } from "../../../gen/numeric/bipartite.ts";
import { softmaxTables } from "../../../gen/numeric/softmax_tables.ts";
import { softmaxRom } from "../../../gen/units/softmax_rom.ts";
import { all, combinational } from "../support/combinational.ts";

describe.each(softmaxTables.map((table) => ({ name: table.spec.name, table })))("$name", ({ table }) => {
  it("diagonal and corrections add up to the table's value at every fraction", () => {
    const { inputBits, outputBits } = table.spec;
    const width = outputBits + 2;
    const evaluate = combinational({ fraction: inputBits }, (m, { fraction }) => {
      const { coarse, fine } = bipartiteCorrections(m, "value", fraction, table, softmaxRom);
      const diagonal = outputBits > inputBits ? concat(fraction, zero(outputBits - inputBits)) : fraction;
      const level = correctionOf(table.coarse, coarse, width);
      return { value: addWrap(addWrap(zext(diagonal, width), level), zext(fine, width)) };
    });
    for (const fraction of all(inputBits)) {
      expect(evaluate({ fraction }).value).toBe(BigInt(lookUp(table, Number(fraction))));
    }
  });
});
