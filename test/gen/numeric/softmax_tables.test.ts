import { describe, expect, it } from "vitest";
import { bipartiteTable, lookUp, type BipartiteTable } from "../../../gen/numeric/bipartite.ts";
import { logTable, probabilityTable, softmaxTables, termTable } from "../../../gen/numeric/softmax_tables.ts";

const valuesOf = (table: BipartiteTable): number[] =>
  Array.from({ length: 2 ** table.spec.inputBits }, (_, f) => lookUp(table, f));
const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];

describe("the tables of softmax", () => {
  it("have the value ranges that their widths in hardware rest on", () => {
    expect(range(valuesOf(termTable))).toEqual([0, 4093]);
    expect(range(valuesOf(logTable))).toEqual([2, 4096]);
    expect(range(valuesOf(probabilityTable))).toEqual([31, 8219]);
  });

  it("have the sizes that their areas rest on", () => {
    const size = softmaxTables.map(({ coarse, fine }) => [coarse, fine].map((r) => [r.addressBits, r.width, r.signed]));
    expect(size).toEqual([
      [
        [6, 10, true],
        [7, 5, false],
      ],
      [
        [6, 9, false],
        [9, 5, false],
      ],
      [
        [6, 11, true],
        [8, 6, false],
      ],
    ]);
  });

  it.each(softmaxTables.map((table) => [table.spec.name, table] as const))(
    "%s does not depend on the last bits of the machine's exp2 and log2",
    (_name, table) => {
      for (const doubt of [1 - 1e-12, 1 + 1e-12]) {
        const other = bipartiteTable({ ...table.spec, target: (f) => table.spec.target(f) * doubt });
        expect(other.coarse).toEqual(table.coarse);
        expect(other.fine).toEqual(table.fine);
      }
    },
  );

  it("never let a BF16 probability fall where its power of two rises, the next power included", () => {
    const [toMantissa, whole] = [2 ** 6, 2 ** 13];
    const once = valuesOf(probabilityTable);
    const mantissas = [...once, ...once.map((value) => value + whole)].map((value) => Math.floor(value / toMantissa));
    expect(mantissas).toEqual([...mantissas].sort((a, b) => a - b));
  });
});
