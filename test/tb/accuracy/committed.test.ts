import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, rtlFolder } from "../../../gen/host/files.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { accuracyReport, judge, judgedUnits } from "../../../tb/accuracy/accuracy.ts";
import { overall, randomSuitesOf } from "../../../tb/accuracy/overall.ts";
import { renderAccuracy } from "../../../tb/accuracy/render.ts";
import { homes } from "../../../tb/families/index.ts";

const reports = join(projectRoot, "reports");
const accuracy = accuracyReport.read(reports);
const manifest = readManifest(rtlFolder);

describe("the committed report of accuracy", () => {
  it("is of the designs that the manifest has now: after a change, `npm run accuracy` renews it", () => {
    const cores = manifest.modules.filter(({ kind, unit }) => kind === "core" && judgedUnits(homes).includes(unit));
    const wanted = cores.map(({ name, specHash }) => `${name} ${specHash}`);
    expect(accuracy.units.map(({ name, specHash }) => `${name} ${specHash}`)).toEqual(wanted);
  });

  it("is what the golden models give now, byte for byte", () => {
    expect(accuracyReport.print(judge(manifest, homes))).toBe(readFileSync(join(reports, "accuracy.json"), "utf8"));
  });

  it("is what accuracy.md is rendered from", () => {
    expect(readFileSync(join(reports, "accuracy.md"), "utf8")).toBe(renderAccuracy(accuracy));
  });
});

describe.each(accuracy.units)("$name", (unit) => {
  if ("suites" in unit) {
    it("is faithful in every suite, and no result is undecided", () => {
      for (const { name, worstUlps, undecided } of unit.suites) {
        expect(worstUlps, name).toBeLessThan(1);
        expect(undecided, name).toBe(0);
      }
    });

    it("rounds at least 97 % of the results on random rows correctly, of every distribution", () => {
      const random = randomSuitesOf(unit);
      expect(random.map(({ name }) => name)).toContain("Gaussian, scale 16");
      for (const suite of [...random, overall(random)]) {
        expect(suite.correctlyRounded / suite.results).toBeGreaterThanOrEqual(0.97);
      }
    });
  } else {
    it("is faithful for every input, rounds 99.7 % correctly, and is right on NaN, overflow and underflow", () => {
      expect(unit.worstUlps).toBeLessThan(1);
      expect(unit.undecided).toBe(0);
      expect(unit.correctlyRounded / unit.results).toBeGreaterThanOrEqual(0.997);
      const kinds = [unit.nan, unit.overflow, unit.underflow];
      for (const { inputs, right } of kinds) expect(right).toBe(inputs);
      expect(kinds.reduce((sum, { inputs }) => sum + inputs, unit.results)).toBe(2 ** 16);
    });
  }
});
