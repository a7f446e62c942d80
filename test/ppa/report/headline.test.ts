import { describe, expect, test } from "vitest";
import { headlineFigures } from "../../../ppa/report/headline.ts";
import type { Figure } from "../../../ppa/report/document.ts";
import type { Report } from "../../../ppa/report/schema.ts";
import { someReport } from "../support/report.ts";
import { measuredUnits } from "./support/measured.ts";

const figures = (reports: readonly Report[]): readonly Figure[] =>
  headlineFigures(reports).flatMap((block) => (block.kind === "figures" ? block.items : []));

describe("the headline", () => {
  test("shows what the fusion saves, the finest process first", () => {
    const [first] = figures([...measuredUnits("osu018"), ...measuredUnits("asap7")]);
    expect(first).toMatchObject({
      label: "FLARE : FIRE+ReLU, energy per element",
      values: [
        { where: "asap7", value: "0.4500" },
        { where: "osu018", value: "0.4500" },
      ],
    });
  });

  test("has the papers' ratios beside ours", () => {
    const area = figures(measuredUnits("asap7")).find(({ label }) => label.endsWith("ReLU x8, area"));
    expect(area?.values).toEqual([
      { where: "asap7", value: "10.51" },
      { where: "paper, 130 nm CMOS", value: "92" },
      { where: "paper, 16 nm", value: "57.6" },
    ]);
  });

  test("leaves out what was not measured", () => {
    expect(figures([someReport()])).toEqual([]);
    const areas = figures([someReport(), someReport({ unit: "softmax_bf16_x1" })]);
    expect(areas.map(({ label }) => label)).toEqual(["softmax x1 : ReLU x8, area"]);
  });
});
