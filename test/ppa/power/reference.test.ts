import { describe, expect, test } from "vitest";
import { findTool } from "../../../gen/host/tool.ts";
import { largestDifferences } from "./compare.ts";
import { readPowerLibrary } from "../../../ppa/power/library.ts";
import { powerOf } from "../../../ppa/power/power.ts";
import type { PowerReport, PowerShares } from "../../../ppa/power/report.ts";
import { readElectrical } from "../../../ppa/sta/electrical.ts";
import { staPower } from "../../../ppa/sta/power.ts";
import { openSta } from "../../../ppa/sta/tool.ts";
import { technologies } from "../../../ppa/tech/all.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { useOwnCache } from "../support/sandbox.ts";
import { readReference, type Reference } from "./reference.ts";

useOwnCache();

/** What is asked for is 2 %; what is reached is a hundredth of one, and that should stay. */
const tolerance = 0.0001;
const shares = ["internalW", "switchingW", "leakageW"] as const;

describe.each(technologies)("the power of the reference design in $name", (technology) => {
  const files = locate(technology);

  test.skipIf(files === undefined)("is what OpenSTA 3.1.0 reports, in every share of every group", async () => {
    const reference = readReference(technology.name);
    const tool = await findTool(openSta);
    const { libertyPaths, libertyHash, cells } = await prepare(technology, files ?? []);
    const job = {
      netlist: reference.netlist,
      clock: { net: reference.clock, transitionPs: reference.clockTransitionPs },
      libertyPaths,
      constraints: `${reference.constraints}\nset_clock_transition ${reference.clockTransitionPs} [all_clocks]`,
      wireFfPerFanout: 0,
      timeoutMs: 120_000,
    };
    const electrical = await readElectrical(tool, job);
    const library = await readPowerLibrary(libertyPaths, libertyHash);
    for (const name of cells.keys()) expect(library.cell(name)?.name, `the power data of ${name}`).toBe(name);
    const report = powerOf(reference.netlist, library, reference.measured, {
      periodPs: reference.periodPs,
      electrical,
    });
    for (const group of ["registers", "combinational", "cells"] as const) {
      for (const share of shares) {
        const [ours, theirs] = [report[group][share], reference.power[group][share]];
        const error = Math.abs(ours / theirs - 1);
        expect(error, `${group} ${share}: ${ours} for ${theirs}; ${worst(report, reference)}`).toBeLessThan(tolerance);
      }
    }
    for (const { name, cell, share, watts } of largestDifferences(
      report.instances,
      reference.instancePower,
      Infinity,
    )) {
      // The reference has four digits of each instance.
      const allowed = 2e-3 * (reference.instancePower.get(name)?.[`${share}W`] ?? 0) + 1e-13;
      expect(Math.abs(watts), `${name} (${cell}, ${share})`).toBeLessThan(allowed);
    }

    const check = await staPower(tool, { ...job, activity: reference.measured, periodPs: reference.periodPs });
    if (check === undefined) return;
    expect(check.switchingW / report.cells.switchingW).toBeCloseTo(1, 4);
    expectInternal(check, report.cells, check.internalCounted);
  });
});

/** 2.0.17 counts both edges for every transition; it also weighs conditions differently, so that twice is only near. */
function expectInternal(check: PowerShares, ours: PowerShares, counted: 1 | 2): void {
  const ratio = check.internalW / ours.internalW;
  expect(ratio).toBeGreaterThan(counted === 1 ? 0.98 : 1.5);
  expect(ratio).toBeLessThan(counted === 1 ? 1.02 : 2.5);
}

function worst(report: PowerReport, reference: Reference): string {
  const differences = largestDifferences(report.instances, reference.instancePower, 5);
  return `most at ${differences
    .map(({ name, cell, share, watts, relative }) => {
      return `${name} (${cell}, ${share}, ${watts.toExponential(1)} W, ${(100 * relative).toFixed(1)} %)`;
    })
    .join(", ")}`;
}
