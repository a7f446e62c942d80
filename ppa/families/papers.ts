import type { Unit } from "../../gen/families/index.ts";

/**
 * What the FLARE papers report of their hardware, copied from their tables: the prose around them rounds and in places
 * contradicts them. An 8-lane BF16 ReLU (so at least in Table II) and a one-element-per-cycle BF16 softmax.
 */
export interface PaperTable {
  /** Heads the columns. */
  readonly cite: string;
  readonly node: string;
  /** The technologies whose reports stand beside it. */
  readonly beside: readonly string[];
  /** In the table's order; what it lacks and we have comes last. */
  readonly rows: readonly PaperRow[];
  /** What its figures hold that ours leave out, and the other way round. */
  readonly differences: string;
}

export interface PaperRow {
  readonly metric: Metric;
  /** As printed, of the units that the paper gives it of. */
  readonly figures: Readonly<Partial<Record<Unit, string>>>;
}

export type Metric =
  | "frequencyMHz"
  | "areaMm2"
  | "areaUm2"
  | "powerMw"
  | "powerUw"
  | "energyPerCyclePj"
  | "energyNj"
  | "latencyNs"
  | "cycles";

export const paperTables: readonly PaperTable[] = [
  {
    cite: "Table 1 of the ICLR 2025 submission",
    node: "130 nm CMOS",
    beside: ["sky130hd", "osu018"],
    rows: [
      { metric: "frequencyMHz", figures: { relu: "1667", softmax: "200" } },
      { metric: "areaMm2", figures: { relu: "0.0028", softmax: "0.2564" } },
      { metric: "powerMw", figures: { relu: "4.87", softmax: "516.28" } },
      { metric: "energyPerCyclePj", figures: { relu: "2.9", softmax: "2581.4" } },
      { metric: "latencyNs", figures: {} },
      { metric: "cycles", figures: {} },
    ],
    differences:
      "The paper's units were synthesized in an unnamed 130 nm library and corner, its softmax is one from literature; it says neither how many lanes its ReLU has, nor whether softmax's row buffer counts, nor what else its figures leave out.",
  },
  {
    cite: "Table II of the ASIC paper",
    node: "16 nm",
    beside: ["asap7"],
    rows: [
      { metric: "frequencyMHz", figures: { relu: "3226", softmax: "515" } },
      { metric: "areaUm2", figures: { relu: "136.08", softmax: "7838.21" } },
      { metric: "powerUw", figures: { relu: "80.7", softmax: "509.2" } },
      { metric: "energyNj", figures: { relu: "0.0032", softmax: "2.056" } },
      { metric: "latencyNs", figures: { relu: "39.98", softmax: "4038.8" } },
      // Not in the table but in the list below it (section V-B): 1,035 and 1,045 cycles for softmax's two loops.
      { metric: "cycles", figures: { relu: "129", softmax: "2080" } },
    ],
    differences:
      "The paper's figures are from after place and route (wires and clock tree included) in a closed 16 nm library at 0.8 V and 85 C, with input and output delays; ours are from synthesis only. Its softmax is without the SRAM that holds the row between the passes (section III-D), as ours is; its cycles stand below the table.",
  },
];
