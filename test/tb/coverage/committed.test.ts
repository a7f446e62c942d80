import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, rtlFolder } from "../../../gen/host/files.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { defaultRun } from "../../../tb/check/defaults.ts";
import { renderCoverage } from "../../../tb/coverage/render.ts";
import { coverageReport } from "../../../tb/coverage/report.ts";
import { constantReason } from "../../../tb/coverage/structure/constants.ts";
import { exclusions } from "../../../tb/coverage/structure/exclusions.ts";
import { problemsOf } from "../../../tb/coverage/words.ts";

const reports = join(projectRoot, "reports");
const report = coverageReport.read(reports);

describe("the committed report of coverage", () => {
  it("is of the default run and the designs that there are now: after a change, `npm run coverage` renews it", () => {
    const now = readManifest(rtlFolder).modules.map(({ name, specHash }) => [name, specHash]);
    expect(report.modules.map(({ name, specHash }) => [name, specHash])).toEqual(now);
    expect([report.seed, report.vectors]).toEqual([defaultRun.seed, defaultRun.vectors]);
  });

  it("has no hole: all there is was reached, or is excluded with a reason", () => {
    expect(problemsOf(report)).toEqual([]);
    for (const { file, lines, branches, toggles, excluded } of report.files) {
      const missing = [lines, branches, toggles].reduce((sum, { covered, of }) => sum + of - covered, 0);
      expect([file, excluded]).toEqual([file, missing]);
    }
  });

  it("has the exclusions of this code, all of them", () => {
    const listed = exclusions.map(({ reason, constant }) => `${constant ?? ""} ${reason}`);
    const found = ([0, 1] as const).map((constant) => `${constant} ${constantReason}`);
    const reported = report.exclusions.map(({ reason, constant }) => `${constant ?? ""} ${reason}`);
    expect(reported).toEqual([...new Set([...found, ...listed])]);
  });

  it("is printed and rendered by this code, byte for byte", () => {
    expect(coverageReport.print(report)).toBe(readFileSync(join(reports, "coverage.json"), "utf8"));
    expect(renderCoverage(report)).toBe(readFileSync(join(reports, "coverage.md"), "utf8"));
  });
});
