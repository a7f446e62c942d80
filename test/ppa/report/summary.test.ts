import { describe, expect, test } from "vitest";
import { figure, markdownTable } from "../../../gen/host/markdown.ts";
import { renderSummary } from "./support/summary.ts";
import { someReport } from "../support/report.ts";

describe("the summary", () => {
  test("shows Table 1 beside the 130 and 180 nm libraries, in the paper's units", () => {
    const text = renderSummary([someReport(), someReport({ tech: "sky130hd", areaUm2: 7058 })]);
    expect(text).toMatch(/## Table 1 .* beside sky130hd\n/);
    expect(text).toMatch(/## Table 1 .* beside osu018\n/);
    expect(text).toMatch(/\| Area \(mm²\) +\| +0\.0028 \| +0\.2564 \| 0\.007058 \|/);
    expect(text).not.toMatch(/Table II/);
  });

  test("shows Table II beside asap7, with latency, and a dash for what is not measured", () => {
    const text = renderSummary([someReport({ tech: "asap7", areaUm2: 51.715, latencyNs: 12.5 })]);
    expect(text).toMatch(/## Table II .* beside asap7\n/);
    expect(text).toMatch(/\| Area \(µm²\) +\| +136\.08 \| +7838\.21 \| +51\.72 \|/);
    expect(text).toMatch(/\| Latency of 1,024 elements \(ns\) +\| +39\.98 \| +4038\.8 \| +12\.50 \|/);
    expect(text).toMatch(/\| Power \(µW\) +\| +80\.7 \| +509\.2 \| +— \|/);
  });

  test("has the cycles of the paper's text below its table, and ours", () => {
    const softmax = someReport({ tech: "asap7", unit: "softmax_bf16_x1", cyclesPerVector: 2055 });
    const text = renderSummary([someReport({ tech: "asap7" }), softmax]);
    expect(text).toMatch(/\| Cycles for 1,024 elements +\| +129 \| +2080 \| +129 \| +2055 \|/);
  });

  test("has a dash where the paper gives no figure", () => {
    expect(renderSummary([someReport()])).toMatch(/\| Latency of 1,024 elements \(ns\) \| +— \| +— \| +64\.50 \|/);
  });

  test("adds softmax's ratios, the paper's beside ours, as soon as it has a report", () => {
    const relu = someReport({ tech: "asap7", fmaxMHz: 3000, areaUm2: 50, latencyNs: 40 });
    expect(renderSummary([relu])).not.toContain("softmax against");
    const softmax = { tech: "asap7", unit: "softmax_bf16_x1", fmaxMHz: 1500, areaUm2: 500, latencyNs: 1000 };
    const text = renderSummary([relu, someReport(softmax)]);
    expect(text).toMatch(/\| softmax against +\| paper: ReLU \| softmax x1 : ReLU x8 \|\n/);
    expect(text).toMatch(/\| Frequency, times lower +\| +6\.26 \| +2\.000 \|\n/);
    expect(text).toMatch(/\| Area, times larger +\| +57\.6 \| +10\.00 \|\n/);
    expect(text).toMatch(/\| Energy per 1,024 elements, times higher +\| +640 \| +— \|\n/);
    expect(text).toMatch(/\| Latency of 1,024 elements, times longer +\| +101 \| +25\.00 \|\n/);
    expect(text).toMatch(/row between the two\s+passes is left out/);
  });

  test("divides both sizes of softmax by ReLU and by FLARE", () => {
    const units = ["relu_bf16_x8", "flare_bf16_x8", "softmax_bf16_x1", "softmax_bf16_x8"];
    const text = renderSummary(units.map((unit) => someReport({ unit })));
    const ratios = ["softmax x1 : ReLU x8", "softmax x1 : FLARE x8", "softmax x8 : ReLU x8", "softmax x8 : FLARE x8"];
    expect(text).toContain(`| paper: ReLU | ${ratios.join(" | ")} |`);
    expect(text).toMatch(/\| Energy per cycle, times higher +\| +890 \| +— \| +— \| +— \| +— \|/);
  });

  test("names what every figure leaves out, and the conditions of each technology", () => {
    const text = renderSummary([someReport()]);
    expect(text).toMatch(/leaves out.* no wires .* clock tree .* Glitches.* row buffer/s);
    expect(text.replaceAll("\n", " ")).toContain(
      "Corner typical, 1.80 V, 25 C; inputs driven by BUFX2, outputs loaded with 37.33 fF; Yosys 0.55.944, OpenSTA 2.0.17.",
    );
  });

  test("lists the smallest netlist for a frequency as such, and not beside the papers", () => {
    const text = renderSummary([someReport({ targetMHz: 1050 })]);
    expect(text).toContain("relu_bf16_x8, smallest for 1050 MHz");
    expect(text).not.toContain("## Table");
  });

  test("shows a user's library after those of the project", () => {
    const text = renderSummary([someReport({ tech: "aaa" }), someReport({ tech: "osu018" })]);
    expect(text.indexOf("## aaa: a user's library")).toBeGreaterThan(text.indexOf("## osu018:"));
  });
});

test("a figure has four digits, or all before the point", () => {
  expect([13322.67, 2279.09, 51.715, 0.0164961, 0].map(figure)).toEqual(["13323", "2279", "51.72", "0.01650", "0"]);
});

test("a table's columns line up", () => {
  expect(markdownTable(["a", "b"], [["long", "1"]])).toBe("| a    |   b |\n| ---- | --: |\n| long |   1 |");
});
