import { z } from "zod";
import { pathPointSchema } from "../sta/path.ts";

/** A netlist that was tried, on the front of area and speed. */
const paretoSchema = z.strictObject({
  recipe: z.string(),
  /** What ABC aimed at; it counts logic only. */
  targetPeriodPs: z.number(),
  fmaxMHz: z.number(),
  areaUm2: z.number(),
});

/**
 * `reports/<tech>/<module>.json`: area and timing of one netlist of one module in one technology. Units are in the
 * names. What no field says is left out: wires, clock tree, and power until it is simulated (`results`, a later field).
 */
export const reportSchema = z.strictObject({
  /** The module's name, which identifies the design. */
  unit: z.string(),
  tech: z.string(),
  corner: z.string(),
  /** Versions of what computed the figures. */
  tools: z.strictObject({ yosys: z.string(), sta: z.string() }),
  /** The manifest's hash of spec and sources. */
  specHash: z.string(),
  /** Where the netlist is the smallest that reaches a frequency asked for, that frequency. */
  targetMHz: z.number().positive().optional(),
  recipe: z.string(),
  drivingCell: z.string(),
  outputLoadFf: z.number(),
  /** The shortest period without negative setup slack, rounded up; fmaxMHz is its inverse, rounded down. */
  clockPeriodPs: z.number().positive(),
  fmaxMHz: z.number().positive(),
  areaUm2: z.number().nonnegative(),
  /** Flip-flops and latches. */
  areaSequentialUm2: z.number().nonnegative(),
  cells: z.number().int().nonnegative(),
  flipFlops: z.number().int().nonnegative(),
  criticalPath: z.array(pathPointSchema).min(1),
  elements: z.literal(1024),
  /**
   * One isolated vector of that many elements, first beat in to last beat out. Of softmax: both passes, the first until the
   * row's statistics are ready, the second from its first beat in to its last probability.
   */
  cyclesPerVector: z.number().int().positive(),
  /** cyclesPerVector at fmaxMHz. */
  latencyNs: z.number().positive(),
  pareto: z.array(paretoSchema).min(1),
});
export type Report = z.infer<typeof reportSchema>;
