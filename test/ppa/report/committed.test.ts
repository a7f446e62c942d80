import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../gen/catalog.ts";
import { studies } from "../../../gen/families/studies.ts";
import { buildDesign, resolveSpec } from "../../../gen/design.ts";
import { projectRoot } from "../../../gen/host/files.ts";
import { printReport, readReports, reportPath } from "../../../ppa/report/files.ts";
import { rendered, sourcesOf } from "../../../ppa/report/render.ts";

const folder = join(projectRoot, "reports");
const reports = existsSync(folder) ? readReports(folder) : [];

describe("the committed reports", () => {
  test.each(reports.map((report) => ({ path: reportPath("reports", report), report })))(
    "$path satisfies the schema, in a file of its own name",
    ({ path, report }) => {
      expect(readFileSync(join(projectRoot, path), "utf8")).toBe(printReport(report));
    },
  );

  test.each(reports.map((report) => ({ path: reportPath("reports", report), report })))(
    "$path agrees with itself",
    ({ report }) => {
      expect(report.fmaxMHz).toBeCloseTo(1e6 / report.clockPeriodPs, 1);
      expect(report.latencyNs).toBeCloseTo((report.cyclesPerVector * 1000) / report.fmaxMHz, 2);
      expect(report.areaSequentialUm2).toBeLessThan(report.areaUm2);
      expect(report.pareto).toContainEqual(
        expect.objectContaining({ fmaxMHz: report.fmaxMHz, areaUm2: report.areaUm2 }),
      );
    },
  );

  test("are of the designs that the generators make now: after a change, `npm run ppa -- --tech all` renews them", () => {
    const designs = [...catalogue, ...Object.values(studies).flat()].map((request) =>
      buildDesign(resolveSpec(request)),
    );
    const hashes = new Map(designs.flatMap(({ entries }) => entries.map(({ name, specHash }) => [name, specHash])));
    const stale = reports.filter((report) => report.specHash !== hashes.get(report.unit));
    expect(stale.map((report) => reportPath("reports", report))).toEqual([]);
  });

  test.skipIf(reports.length === 0)("are what summary.md, index.html and the plots are rendered from", async () => {
    const files = await rendered(sourcesOf(folder));
    for (const [path, content] of files) expect(readFileSync(join(folder, path), "utf8"), path).toBe(content);
    const plots = readdirSync(join(folder, "plots")).map((name) => `plots/${name}`);
    expect(plots.filter((path) => !files.has(path))).toEqual([]);
  });

  test("hold no path of the machine they were made on", () => {
    for (const name of existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : []) {
      if (!/\.(json|md|html|svg)$/.test(name)) continue;
      expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/\/(home|tmp|work|usr|root)\//);
    }
  });
});
