import type { Report } from "../../../ppa/report/schema.ts";

/** A report with plausible figures, changed as a test needs. */
export function someReport(changes: Partial<Report> = {}): Report {
  return {
    unit: "relu_bf16_x8",
    tech: "osu018",
    corner: "typical, 1.80 V, 25 C",
    tools: { yosys: "0.55.944", sta: "2.0.17" },
    specHash: "ab",
    recipe: "dch-map",
    drivingCell: "BUFX2",
    outputLoadFf: 37.33,
    clockPeriodPs: 500,
    fmaxMHz: 2000,
    areaUm2: 16496,
    areaSequentialUm2: 11696,
    cells: 361,
    flipFlops: 121,
    criticalPath: [{ point: "score_i[15]", cell: "in", edge: "rise", delayPs: 1, arrivalPs: 1 }],
    elements: 1024,
    cyclesPerVector: 129,
    latencyNs: 64.5,
    pareto: [{ recipe: "dch-map", targetPeriodPs: 1, fmaxMHz: 2000, areaUm2: 16496 }],
    ...changes,
  };
}
