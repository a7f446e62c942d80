import { describe, expect, test } from "vitest";
import { printMarkdown } from "../../../ppa/report/markdown.ts";
import { wiresSection } from "../../../ppa/report/wires.ts";
import { measuredReport } from "./support/measured.ts";
import { rowsOf } from "./support/rows.ts";

const wired = measuredReport(3, { wireFfPerFanout: 5.7, fmaxMHz: 1600, areaUm2: 20620 });

describe("netlists with wires", () => {
  test("stand beside those without, with the ratio of both", () => {
    const rows = rowsOf(printMarkdown(wiresSection([measuredReport(2), wired])));
    expect(rows[1]?.slice(0, 8)).toEqual([
      "osu018 relu_bf16_x8",
      "5.7",
      "2000",
      "1600",
      "0.8000",
      "16496",
      "20620",
      "1.250",
    ]);
    expect(rows[1]?.at(-1)).toBe("1.500");
  });

  test("stand alone where there is none without", () => {
    const rows = rowsOf(printMarkdown(wiresSection([wired])));
    expect(rows[1]?.slice(2, 5)).toEqual(["—", "1600", "—"]);
  });

  test("have no table where there are none", () => {
    expect(wiresSection([measuredReport(2)])).toEqual([]);
  });
});
