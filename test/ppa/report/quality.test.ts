import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import { readReports } from "../../../ppa/report/files.ts";

/** What a design has to reach: some netlist of the design is at least this fast within this area. */
interface Line {
  readonly tech: string;
  readonly unit: string;
  readonly atLeastMHz: number;
  readonly withinUm2: number;
}

const lines: readonly Line[] = [
  { tech: "asap7", unit: "flare_bf16_x1_s2", atLeastMHz: 1050, withinUm2: 105 },
  { tech: "asap7", unit: "flare_bf16_x1_s2", atLeastMHz: 1200, withinUm2: 105 },
  { tech: "asap7", unit: "flare_bf16_x1_noiso", atLeastMHz: 2800, withinUm2: 150 },
  { tech: "asap7", unit: "flare_bf16_x1", atLeastMHz: 2800, withinUm2: 150 },
  { tech: "sky130hd", unit: "flare_bf16_x1_s2", atLeastMHz: 180, withinUm2: 4900 },
  { tech: "sky130hd", unit: "flare_bf16_x1_noiso", atLeastMHz: 500, withinUm2: Infinity },
  { tech: "sky130hd", unit: "flare_bf16_x1", atLeastMHz: 500, withinUm2: Infinity },
  { tech: "asap7", unit: "relu_bf16_x8_s2", atLeastMHz: 5395, withinUm2: 107 },
  { tech: "asap7", unit: "softmax_bf16_x1", atLeastMHz: 1500, withinUm2: 900 },
  { tech: "asap7", unit: "softmax_bf16_x8", atLeastMHz: 1300, withinUm2: 5000 },
  { tech: "sky130hd", unit: "softmax_bf16_x1", atLeastMHz: 250, withinUm2: Infinity },
];

const reports = readReports(join(projectRoot, "reports"));

describe("the committed reports reach the quality lines", () => {
  test.each(lines)("$unit on $tech: $atLeastMHz MHz within $withinUm2 um2", ({ tech, unit, atLeastMHz, withinUm2 }) => {
    const report = reports.find((candidate) => candidate.tech === tech && candidate.unit === unit);
    const reaching = report?.pareto.filter((netlist) => netlist.fmaxMHz >= atLeastMHz && netlist.areaUm2 <= withinUm2);
    expect(reaching?.length ?? 0).toBeGreaterThan(0);
  });
});
