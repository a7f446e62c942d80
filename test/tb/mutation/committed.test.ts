import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, rtlFolder } from "../../../gen/host/files.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { mutationReport, renderMutation } from "../../../tb/mutation/report.ts";
import { killedOf } from "../../../tb/mutation/schema.ts";

const reports = join(projectRoot, "reports");
const report = mutationReport.read(reports);
const { modules } = readManifest(rtlFolder);

describe("the committed report of mutants", () => {
  it("is of the designs that there are now: after a change, `npm run mutation` renews it", () => {
    const now = modules.map(({ name, specHash }) => [name, specHash]);
    for (const { name, specHash } of report.units) expect(now).toContainEqual([name, specHash]);
  });

  it("has every module of the manifest", () => {
    expect(report.units.map(({ name }) => name).sort()).toEqual(modules.map(({ name }) => name).sort());
    expect(report.missing).toEqual([]);
  });

  it("has at least 200 mutants of each module, every one of them killed or proved equivalent", () => {
    for (const unit of report.units) {
      expect(unit.mutants).toBeGreaterThanOrEqual(200);
      expect([unit.name, killedOf(unit) + unit.equivalent.length]).toEqual([unit.name, unit.mutants]);
      expect(unit.survived).toEqual([]);
    }
  });

  it("is printed and rendered by this code, byte for byte", () => {
    expect(mutationReport.print(report)).toBe(readFileSync(join(reports, "mutation.json"), "utf8"));
    expect(renderMutation(report)).toBe(readFileSync(join(reports, "mutation.md"), "utf8"));
  });
});
