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

/** Microwatts. What charges clock pins counts as switching; what input ports charge is not in it. */
const powerSchema = z.strictObject({
  leakageUw: z.number(),
  internalUw: z.number(),
  switchingUw: z.number(),
  totalUw: z.number(),
});

/** The power and energy of the netlist on one workload at one frequency. */
export const resultSchema = z.strictObject({
  /** `attention`, `sparsity:50`, ...; described in `activity.workloads`. */
  workload: z.string(),
  atMHz: z.number().positive(),
  /** Averaged over exactly the cycles of one isolated vector of `elements` elements. */
  power: powerSchema,
  /** The total again, by what takes it. */
  shares: z.strictObject({
    registersUw: z.number(),
    combinationalUw: z.number(),
    /** Cells that stop the clock of registers that hold. */
    clockGatesUw: z.number(),
    /** The pins on the clock's own net. Those behind clock gates are charged by the gates; there is no clock tree. */
    clockNetUw: z.number(),
  }),
  /** totalUw x cyclesPerVector / atMHz. */
  energyPerVectorNj: z.number(),
  energyPerElementPj: z.number(),
  /** Vectors back to back, without a pause. */
  streaming: z.strictObject({
    /** From a vector's first beat to the next one's. */
    cyclesPerVector: z.number().positive(),
    totalUw: z.number(),
    energyPerElementPj: z.number(),
  }),
});
export type Result = z.infer<typeof resultSchema>;

const workloadSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  /** A recorded trace has none. */
  seed: z.number().optional(),
  /** SHA-256 over the format and every operand. */
  sha256: z.string(),
  /** Vectors of 1,024 elements that the activity is averaged over. */
  vectors: z.number().int().positive(),
  /** The share of elements, 0 to 1, whose score, and whose score + bias, is not positive. */
  notPositiveScores: z.number(),
  notPositiveSums: z.number().optional(),
  /** The netlist was simulated beside its RTL: so much was compared, and nothing differed. */
  equivalence: z.strictObject({
    cycles: z.number().int().positive(),
    outputBits: z.number().int().positive(),
    mismatches: z.literal(0),
  }),
});

/** What the activity behind `results` comes from, and what was checked while it was measured. */
const activitySchema = z.strictObject({
  workloads: z.array(workloadSchema).min(1),
});

/** OpenSTA's own power report of the same netlist and activity, without the clock's net, beside ours. */
const powerCheckSchema = z.strictObject({
  version: z.string(),
  workload: z.string(),
  atMHz: z.number().positive(),
  openSta: z.strictObject({ leakageUw: z.number(), internalUw: z.number(), switchingUw: z.number() }),
  ours: z.strictObject({ leakageUw: z.number(), internalUw: z.number(), switchingUw: z.number() }),
  /** What can agree: OpenSTA 2.0.17 counts internal power and leakage otherwise (ppa/README.md). */
  comparable: z.array(z.enum(["leakage", "internal", "switching"])),
});

/**
 * `reports/<tech>/<module>.json`: area, timing, power and energy of one netlist of one module in one technology. Units are
 * in the names. What no field says is left out: layout, clock tree, glitches.
 */
export const reportSchema = z.strictObject({
  /** The module's name, which identifies the design. */
  unit: z.string(),
  tech: z.string(),
  corner: z.string(),
  /** Versions of what computed the figures. */
  tools: z.strictObject({ yosys: z.string(), sta: z.string() }),
  /** SHA-256 over the Liberty files. */
  libertySha256: z.string().optional(),
  /** The manifest's hash of spec and sources. */
  specHash: z.string(),
  /** Where the netlist is the smallest that reaches a frequency asked for, that frequency. */
  targetMHz: z.number().positive().optional(),
  recipe: z.string(),
  drivingCell: z.string(),
  outputLoadFf: z.number(),
  /** Capacitance of a net's wires for each pin that it drives; 0 without `--wires`. */
  wireFfPerFanout: z.number().nonnegative().optional(),
  /** Of the ideal clock, at the registers: timing and power depend on it. */
  clockTransitionPs: z.number().nonnegative().optional(),
  /** The shortest period without negative setup slack, rounded up; fmaxMHz is its inverse, rounded down. */
  clockPeriodPs: z.number().positive(),
  fmaxMHz: z.number().positive(),
  areaUm2: z.number().nonnegative(),
  /** Flip-flops and latches. */
  areaSequentialUm2: z.number().nonnegative(),
  cells: z.number().int().nonnegative(),
  flipFlops: z.number().int().nonnegative(),
  criticalPath: z.array(pathPointSchema).min(1),
  /** The same path as the RTL's signals on it, each once: `~x` is the inverse of x. */
  criticalPathRtl: z.array(z.string()).optional(),
  elements: z.literal(1024),
  /**
   * One isolated vector of that many elements, first beat in to last beat out. Of softmax: both passes, the first until the
   * row's statistics are ready, the second from its first beat in to its last probability.
   */
  cyclesPerVector: z.number().int().positive(),
  /** cyclesPerVector at fmaxMHz. */
  latencyNs: z.number().positive(),
  pareto: z.array(paretoSchema).min(1),
  /** The technology's common frequency, at which designs of different speed compare. */
  commonMHz: z.number().positive().optional(),
  /** Every workload at fmaxMHz, then at targetMHz where there is one, and at commonMHz where the design reaches that. */
  results: z.array(resultSchema).optional(),
  activity: activitySchema.optional(),
  powerCheck: powerCheckSchema.optional(),
  /** Why there are no `results`: the library has no power tables. */
  powerRefused: z.string().optional(),
});
export type Report = z.infer<typeof reportSchema>;
