import { describe, expect, test } from "vitest";
import { glitchSection } from "../../../ppa/report/glitch-section.ts";
import { printMarkdown } from "../../../ppa/report/markdown.ts";
import { rowsOf } from "./support/rows.ts";

describe("glitches", () => {
  test("are a share of the transitions and a factor of the power of each unit", () => {
    const power = [
      { atMHz: 541.8, factor: 1.25 },
      { atMHz: 100, factor: 1.2 },
    ];
    const units = [{ unit: "flare_bf16_x8", transitions: { glitchShare: 0.312 }, power }];
    const text = printMarkdown(glitchSection({ tech: "osu018", workload: { name: "attention" }, units }));
    expect(rowsOf(text)[1]).toEqual(["FLARE x8", "31.20 %", "541.8", "1.250", "100", "1.200"]);
    expect(text).toContain("on osu018 with the workload `attention`");
  });

  test("have no section where they were not measured", () => {
    expect(glitchSection(undefined)).toEqual([]);
  });
});
