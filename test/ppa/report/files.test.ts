import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { printReport, readReport, readReports, reportPath, writeReport } from "../../../ppa/report/files.ts";
import { someReport } from "../support/report.ts";
import { useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();

describe("report files", () => {
  test("are read back as they were written, in the order of technologies and names", () => {
    const { reports } = sandbox();
    const all = [
      someReport({ tech: "asap7" }),
      someReport({ unit: "flare_bf16_x8" }),
      someReport(),
      someReport({ targetMHz: 1050 }),
    ];
    for (const report of all.toReversed()) expect(writeReport(reports, report)).toBe(true);
    writeFileSync(join(reports, "osu018", "notes.txt"), "");
    expect(readReports(reports)).toEqual(all);
  });

  test("are not written again when nothing changed", () => {
    const { reports } = sandbox();
    expect(writeReport(reports, someReport())).toBe(true);
    expect(writeReport(reports, someReport())).toBe(false);
  });

  test("keep the smallest netlist for a frequency beside the fastest one", () => {
    expect(reportPath("r", someReport())).toBe("r/osu018/relu_bf16_x8.json");
    expect(reportPath("r", someReport({ targetMHz: 1050 }))).toBe("r/osu018/relu_bf16_x8@1050MHz.json");
  });

  test("have the schema's order of keys, whatever the object's", () => {
    const { unit, ...rest } = someReport();
    expect(printReport({ ...rest, unit })).toBe(printReport(someReport()));
    expect(printReport(someReport()).split("\n").slice(0, 3)).toEqual([
      "{",
      '  "unit": "relu_bf16_x8",',
      '  "tech": "osu018",',
    ]);
  });

  test("that are not reports are named", () => {
    const { reports } = sandbox();
    mkdirSync(join(reports, "osu018"), { recursive: true });
    const path = join(reports, "osu018", "bad.json");
    writeFileSync(path, readFileSync(sandbox().liberty));
    expect(() => readReport(path)).toThrow(/bad\.json is not a report: .*; make it again with `npm run ppa`$/s);
  });
});
