import { describe, expect, test } from "vitest";
import { printMarkdown } from "../../../ppa/report/markdown.ts";
import { sparsityRows } from "../../../ppa/report/sparsity.ts";
import { paretoPoints, sweepSection } from "../../../ppa/report/sweep-section.ts";
import { someReport } from "../support/report.ts";
import { measuredReport, sparsitySweep, stagesAndLanes } from "./support/measured.ts";
import { rowsOf } from "./support/rows.ts";

describe("a sweep of designs", () => {
  test("is a table of its points, with the command that makes it", () => {
    const text = printMarkdown(sweepSection([stagesAndLanes()]));
    expect(text.replaceAll("\n", " ")).toContain("--unit flare --sweep stages=0..4 --sweep lanes=1,2,4,8");
    const rows = rowsOf(text);
    expect(rows).toHaveLength(21);
    // 2 uW for each MHz would be 0.8 x 129 / 1024 of them in picojoules.
    expect(rows[1]?.slice(0, 5)).toEqual(["flare_bf16_x1_s0", "0", "1", "150.0", "7000"]);
  });

  test("marks what nothing else beats in throughput, area and energy at once", () => {
    const small = measuredReport(1, { unit: "small", fmaxMHz: 500, areaUm2: 100 });
    const fast = measuredReport(1, { unit: "fast", fmaxMHz: 900, areaUm2: 200 });
    const thrifty = measuredReport(0.5, { unit: "thrifty", fmaxMHz: 400, areaUm2: 300 });
    const beaten = measuredReport(2, { unit: "beaten", fmaxMHz: 400, areaUm2: 100 });
    expect(paretoPoints([small, fast, thrifty, beaten]).map(({ unit }) => unit)).toEqual(["small", "fast", "thrifty"]);
  });

  test("works without power", () => {
    const reports = [someReport(), someReport({ fmaxMHz: 1000 })];
    expect(paretoPoints(reports)).toEqual([reports[0]]);
  });
});

describe("a sweep of sparsity", () => {
  test("has FLARE's and FIRE+ReLU's energy and their ratio for each share", () => {
    const rows = rowsOf(printMarkdown(sweepSection([sparsitySweep()])));
    expect(rows.map(([share, mhz]) => [share, mhz])).toEqual([
      ["sparsity (%)", "MHz"],
      ...["0", "25", "50", "75", "90", "98.9", "100"].map((share) => [share, "100"]),
    ]);
    expect(rows.map((row) => row.at(-1))).toEqual([
      "FLARE : FIRE+ReLU",
      ...["1.050", "0.9200", "0.7714", "0.6000", "0.4839", "0.4095", "0.4000"],
    ]);
  });

  test("has no ratio where only one unit was measured", () => {
    const sweep = sparsitySweep();
    const half = { ...sweep, points: sweep.points.filter(({ report }) => report.unit.startsWith("flare")) };
    expect(sparsityRows(half).every(({ ratio, fusedPj }) => ratio === undefined && fusedPj !== undefined)).toBe(true);
  });
});
