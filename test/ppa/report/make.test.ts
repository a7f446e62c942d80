import { describe, expect, test } from "vitest";
import { resolveSpec } from "../../../gen/families/index.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { makeReport } from "../../../ppa/report/make.ts";
import { reportSchema } from "../../../ppa/report/schema.ts";
import { mappedNetlist } from "../../../ppa/netlist/mapped.ts";
import type { TimedNetlist } from "../../../ppa/search/timed.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();
useOwnCache();

const entry: ModuleEntry = {
  name: "relu_bf16_x8",
  kind: "core",
  unit: "relu",
  spec: resolveSpec({ unit: "relu", lanes: 8 }),
  files: [],
  ports: [],
  latency: 1,
  initiationInterval: 1,
  passes: [1],
  specHash: "ab",
};

describe("a report", () => {
  test("counts area, cells and flip-flops of the netlist, and never rounds a frequency up", async () => {
    const technology = await prepare(userTechnology([sandbox().liberty]), [sandbox().liberty]);
    const design = {
      name: "relu_bf16_x8",
      entry,
      sources: [],
      hash: "",
      clock: "clk_i",
      core: () => {
        throw new Error("a report builds nothing");
      },
    };
    const chosen: TimedNetlist = {
      trial: { recipe: { name: "dch-map", abc: "" }, structure: "flat", targetPs: 300 },
      netlist: mappedNetlist(design, technology, "dch-map/flat", ""),
      cells: { NAND2: 3, DFF: 2, DFFR: 1 },
      areaUm2: 32,
      periodPs: 333.33333,
      criticalPath: [],
    };
    const front = [
      [500, 20],
      [333.33333, 32],
    ].map(([periodPs = 0, areaUm2 = 0]) => ({ recipe: "dch-map/flat", targetPs: 300, periodPs, areaUm2 }));
    const report = makeReport({
      sta: { program: "sta", version: "2.0.17" },
      targetMHz: undefined,
      chosen,
      path: {
        points: [{ point: "a", cell: "INV", edge: "rise", delayPs: 1.23456, arrivalPs: 2.34567 }],
        criticalPathRtl: ["a"],
      },
      front,
      energy: { refused: "no tables" },
    });
    expect(reportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      unit: "relu_bf16_x8",
      tech: "tiny",
      clockPeriodPs: 333.34,
      fmaxMHz: 2999.94,
      areaUm2: 32,
      areaSequentialUm2: 26,
      cells: 6,
      flipFlops: 3,
      recipe: "dch-map/flat",
      latencyNs: 43.001,
      powerRefused: "no tables",
      criticalPath: [{ delayPs: 1.23, arrivalPs: 2.35 }],
    });
    expect(report.pareto.map(({ fmaxMHz, areaUm2 }) => [fmaxMHz, areaUm2])).toEqual([
      [2000, 20],
      [2999.94, 32],
    ]);
  });
});
