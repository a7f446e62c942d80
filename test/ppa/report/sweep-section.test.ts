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
  test("has each unit's energy and FLARE's ratio to FIRE+ReLU for each share", () => {
    const rows = rowsOf(printMarkdown(sweepSection([sparsitySweep()])));
    expect(rows[0]).toEqual(["sparsity (%)", "FIRE+ReLU x8, 100 MHz", "FLARE x8, 100 MHz", "FLARE : FIRE+ReLU"]);
    expect(rows.slice(1).map((row) => [row[0], row.at(-1)])).toEqual([
      ["0", "1.050"],
      ["25", "0.9200"],
      ["50", "0.7714"],
      ["75", "0.6000"],
      ["90", "0.4839"],
      ["98.9", "0.4095"],
      ["100", "0.4000"],
    ]);
  });

  test("has no ratio where only one unit was measured", () => {
    const sweep = sparsitySweep();
    const half = { ...sweep, points: sweep.points.filter(({ report }) => report.unit.startsWith("flare")) };
    const rows = sparsityRows(half);
    expect(rows.map(({ ratio }) => ratio)).toEqual(rows.map(() => undefined));
    expect(rows.every(({ results }) => results.has("flare_bf16_x8"))).toBe(true);
  });

  test("is a table and a plot for each design where more was varied", () => {
    const sweep = sparsitySweep();
    const lanes = [1, 8].flatMap((lanes) =>
      sweep.points.map(({ axes, report }) => ({
        axes: { lanes, ...axes },
        report: { ...report, unit: report.unit.replace("x8", `x${lanes}`) },
      })),
    );
    const both = { ...sweep, axes: [{ name: "lanes", values: [1, 8] }, ...sweep.axes], points: lanes };
    const text = printMarkdown(sweepSection([both]));
    expect(text.match(/\(plots\/sweep-sparsity-sky130hd-lanes\d\.svg\)/g)).toEqual([
      "(plots/sweep-sparsity-sky130hd-lanes1.svg)",
      "(plots/sweep-sparsity-sky130hd-lanes8.svg)",
    ]);
    expect(rowsOf(text)[0]?.[1]).toBe("fire_relu_bf16_x1, 100 MHz");
  });
});
