import { describe, expect, test } from "vitest";
import { fusionRatio, fusionRows, fusionSection } from "../../../ppa/report/fusion.ts";
import { printMarkdown } from "../../../ppa/report/markdown.ts";
import { someReport } from "../support/report.ts";
import { measuredReport, measuredUnits } from "./support/measured.ts";
import { rowsOf } from "./support/rows.ts";

describe("FLARE against FIRE+ReLU", () => {
  test("is a ratio for each technology and workload at the common frequency", () => {
    const rows = rowsOf(printMarkdown(fusionSection([...measuredUnits("sky130hd"), ...measuredUnits("asap7")])));
    expect(rows.slice(1).map((row) => row.slice(0, 6))).toEqual([
      ["sky130hd", "attention", "100", "0.5156", "0.2320", "0.4500"],
      ["sky130hd", "uniform", "100", "1.031", "0.4641", "0.4500"],
      ["asap7", "attention", "100", "0.5156", "0.2320", "0.4500"],
      ["asap7", "uniform", "100", "1.031", "0.4641", "0.4500"],
    ]);
  });

  test("is not there without both, or without power", () => {
    expect(fusionSection([measuredReport(1, { unit: "flare_bf16_x8" })])).toEqual([]);
    const units = ["flare_bf16_x8", "fire_relu_bf16_x8"].map((unit) => someReport({ unit }));
    expect(fusionSection(units)).toEqual([]);
    expect(fusionRatio(units, "osu018", "attention")).toBeUndefined();
  });

  test("never compares different frequencies", () => {
    const [unfused, fused] = measuredUnits("asap7");
    const slower = fused?.results?.map((result) => (result.atMHz === 100 ? { ...result, atMHz: 50 } : result));
    const reports = [unfused, fused].flatMap((report) => report ?? []);
    expect(fusionRows(reports)).toHaveLength(2);
    expect(fusionRows(reports.map((r) => (r === fused && slower ? { ...r, results: slower } : r)))).toEqual([]);
  });
});
