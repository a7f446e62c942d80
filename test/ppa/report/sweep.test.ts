import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readReports, writeReport } from "../../../ppa/report/files.ts";
import { sweptReport, printSweep, readSweep, readSweeps, sweepPath, writeSweep } from "../../../ppa/report/sweep.ts";
import { someReport } from "../support/report.ts";
import { useSandbox } from "../support/sandbox.ts";
import { sparsitySweep, stagesAndLanes } from "./support/measured.ts";

const sandbox = useSandbox();

describe("sweeps", () => {
  test("are read back as they were written, in the order of their names", () => {
    const { reports } = sandbox();
    const sweeps = [stagesAndLanes(), sparsitySweep()];
    for (const sweep of sweeps.toReversed()) expect(writeSweep(reports, sweep)).toBe(true);
    expect(readSweeps(reports)).toEqual(sweeps);
    expect(writeSweep(reports, stagesAndLanes())).toBe(false);
  });

  test("are no reports, and there may be none", () => {
    const { reports } = sandbox();
    writeReport(reports, someReport());
    expect(readSweeps(reports)).toEqual([]);
    writeSweep(reports, sparsitySweep());
    expect(readReports(reports)).toEqual([someReport()]);
  });

  test("have a line for each point", () => {
    const { reports } = sandbox();
    writeSweep(reports, stagesAndLanes());
    const lines = readFileSync(sweepPath(reports, stagesAndLanes().name), "utf8").split("\n");
    expect(lines.filter((line) => line.includes('"report"'))).toHaveLength(20);
  });

  test("keep of a report all but its path and front", () => {
    const { criticalPath, pareto, ...rest } = someReport();
    expect(criticalPath.length + pareto.length).toBe(2);
    expect(sweptReport(someReport())).toEqual(rest);
  });

  test("that are none are named", () => {
    const path = sweepPath(sandbox().reports, "bad");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "{}");
    expect(() => readSweep(path)).toThrow(
      /bad\.json is not a sweep: .*; make it again with `npm run ppa -- --sweep`$/s,
    );
  });

  test("refuse a name that would leave their folder", () => {
    expect(() => printSweep({ ...sparsitySweep(), name: join("..", "osu018") })).toThrow(
      /a sweep's name is of letters/,
    );
  });
});
