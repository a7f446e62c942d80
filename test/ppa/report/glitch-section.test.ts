import { describe, expect, test } from "vitest";
import { glitchSection, type GlitchFigures } from "../../../ppa/report/glitch-section.ts";
import { printMarkdown } from "../../../ppa/report/markdown.ts";
import { rowsOf } from "./support/rows.ts";

describe("glitches", () => {
  test("are a share of the transitions and a factor of the power of each unit", () => {
    const at = (atMHz: number, without: number, factor: number): (typeof units)[number]["power"][number] => {
      return { atMHz, factor, withoutGlitches: { totalUw: without }, withGlitches: { totalUw: without * factor } };
    };
    const units: GlitchFigures["units"] = [
      { unit: "flare_bf16_x8", transitions: { glitchShare: 0.312 }, power: [at(541.8, 50, 1.25), at(100, 10, 1.2)] },
      { unit: "fire_relu_bf16_x8", transitions: { glitchShare: 0.4 }, power: [at(582.6, 90, 1.5), at(100, 20, 1.5)] },
    ];
    const text = printMarkdown(glitchSection({ tech: "osu018", workload: { name: "attention" }, units }));
    expect(rowsOf(text)[1]).toEqual(["FLARE x8", "31.20 %", "541.8", "1.250", "100", "1.200"]);
    expect(text).toContain("on osu018 with the workload `attention`");
    expect(text).toContain("FLARE : FIRE+ReLU, power at 100 MHz: 0.5000 without glitches, 0.4000 with them.");
  });

  test("have no section where they were not measured", () => {
    expect(glitchSection(undefined)).toEqual([]);
  });
});
