import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import { renderGlitches } from "../../../ppa/glitch/render.ts";
import { readReport } from "../../../ppa/report/files.ts";
import { printGlitches, readGlitches } from "../../../ppa/report/glitches.ts";

test("the committed page is rendered from the committed figures", () => {
  const [json, page] = ["glitches.json", "glitches.md"].map((name) => join(projectRoot, "reports", name));
  const glitches = readGlitches(json ?? "");
  expect(readFileSync(json ?? "", "utf8")).toBe(printGlitches(glitches));
  expect(readFileSync(page ?? "", "utf8")).toBe(renderGlitches(glitches));
});

test("the committed figures are of the netlists that the committed reports describe", () => {
  for (const { unit, specHash, recipe, clockPeriodPs } of readGlitches(join(projectRoot, "reports/glitches.json"))
    .units) {
    const report = readReport(join(projectRoot, "reports/osu018", `${unit}.json`));
    expect({ unit, specHash, recipe, clockPeriodPs }).toEqual({
      unit: report.unit,
      specHash: report.specHash,
      recipe: report.recipe,
      clockPeriodPs: report.clockPeriodPs,
    });
  }
});

test("what is no report of glitches is refused in words", () => {
  expect(() => readGlitches("/nowhere/glitches.json")).toThrow(
    /^\/nowhere\/glitches\.json is no report of glitches: .*; make it again with `npm run glitches`$/s,
  );
});
