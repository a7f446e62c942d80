import { describe, expect, test } from "vitest";
import { comparison } from "../../../ppa/report/comparison.ts";
import { printMarkdown } from "../../../ppa/report/markdown.ts";
import { paperTables } from "../../../ppa/families/papers.ts";
import type { Report } from "../../../ppa/report/schema.ts";
import { measuredReport, measuredUnits } from "./support/measured.ts";
import { rowsOf } from "./support/rows.ts";

const beside = (tech: string, reports: readonly Report[]): readonly (readonly string[])[] =>
  rowsOf(
    printMarkdown(
      paperTables.filter((paper) => paper.beside.includes(tech)).flatMap((paper) => comparison(paper, tech, reports)),
    ),
  );

describe("power and energy beside the papers'", () => {
  test("are those of attention at each unit's own fmax, in Table 1's units", () => {
    const rows = beside("sky130hd", measuredUnits("sky130hd"));
    // 0.25 uW for each MHz: at 2469 MHz.
    expect(rows).toContainEqual(["Power (mW)", "4.87", "516.28", "0.6172", "2.400", "1.062", "2.586", "14.92"]);
    expect(rows).toContainEqual([
      "Energy per cycle (pJ)",
      "2.9",
      "2581.4",
      "0.2500",
      "4.000",
      "1.800",
      "6.000",
      "40.00",
    ]);
    expect(rows).toContainEqual(["Energy per cycle, times higher", "890", "24.00", "3.333", "160.0", "22.22"]);
  });

  test("are energies of a whole vector in Table II's", () => {
    const rows = beside("asap7", measuredUnits("asap7"));
    // 0.25 pJ a cycle, 129 cycles.
    expect(rows).toContainEqual(
      expect.arrayContaining(["Energy per 1,024 elements (nJ)", "0.0032", "2.056", "0.03225"]),
    );
    expect(rows).toContainEqual(["Energy per 1,024 elements, times higher", "640", "382.3", "51.89", "332.4", "45.12"]);
  });

  test("are never those of netlists with wires, or of the smallest for a frequency", () => {
    const others = [
      measuredReport(9, { tech: "asap7", wireFfPerFanout: 0.24 }),
      measuredReport(9, { tech: "asap7", targetMHz: 100 }),
    ];
    expect(beside("asap7", others)).toEqual([]);
    expect(beside("asap7", [...others, ...measuredUnits("asap7")])).toEqual(beside("asap7", measuredUnits("asap7")));
  });
});

describe("at equal throughput", () => {
  test("energy per element is that of streaming, area is divided by elements per second", () => {
    const rows = beside("asap7", measuredUnits("asap7"));
    // softmax x8: 206158 um2, 373 MHz; ReLU x8: 3402 um2, 2469 MHz; both 128 cycles from vector to vector.
    const area = (206158 / 373 / (3402 / 2469)).toFixed(1);
    expect(rows).toContainEqual(expect.arrayContaining(["Area for the same elements per second, times larger", area]));
    expect(rows).toContainEqual(expect.arrayContaining(["Energy per element, times higher", "332.4"]));
  });
});
