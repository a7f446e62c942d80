import { z } from "zod";
import { printStored, readStored } from "../../gen/host/stored.ts";

/** Microwatts; the clock's net counts as switching. */
const powerSchema = z.strictObject({
  leakageUw: z.number(),
  internalUw: z.number(),
  switchingUw: z.number(),
  totalUw: z.number().positive(),
});

const unitSchema = z.strictObject({
  unit: z.string(),
  specHash: z.string(),
  /** Of the netlist, as `reports/<tech>/<unit>.json` has it; the timed simulation runs at its shortest period. */
  recipe: z.string(),
  clockPeriodPs: z.number().positive(),
  cells: z.number().int().positive(),
  /** Which of the workload's vectors were simulated, and the counted cycles of all of them. */
  vectors: z.array(z.number().int().nonnegative()).min(1),
  cycles: z.number().int().positive(),
  /** Of the nets that cells drive; all that the cells' delays make, and those of values that stand at a cycle's end. */
  transitions: z.strictObject({
    all: z.number().int().nonnegative(),
    settled: z.number().int().nonnegative(),
    /** (all - settled) / all. */
    glitchShare: z.number().min(0).max(1),
  }),
  /** At fmax first, then at the frequency that all units of the technology share. */
  power: z.array(
    z.strictObject({
      atMHz: z.number().positive(),
      withoutGlitches: powerSchema,
      withGlitches: powerSchema,
      /** Of the totals. */
      factor: z.number().min(1),
    }),
  ),
});
export type UnitGlitches = z.infer<typeof unitSchema>;

/** `reports/glitches.json`: what a simulation without delays leaves out of transitions and power. */
export const glitchesSchema = z.strictObject({
  tech: z.string(),
  corner: z.string(),
  tools: z.strictObject({ yosys: z.string(), sta: z.string(), iverilog: z.string(), vvp: z.string() }),
  /** SHA-256 over the Liberty files, and over the cells' Verilog. */
  libertySha256: z.string(),
  modelsSha256: z.string(),
  workload: z.strictObject({
    name: z.string(),
    seed: z.number().optional(),
    /** SHA-256 over the format and every operand, by format. */
    sha256: z.record(z.string(), z.string()),
  }),
  units: z.array(unitSchema).min(1),
});
export type Glitches = z.infer<typeof glitchesSchema>;

export function printGlitches(glitches: Glitches): string {
  return printStored(glitchesSchema, glitches);
}

export function readGlitches(path: string): Glitches {
  return readStored(path, glitchesSchema, "is no report of glitches", "make it again with `npm run glitches`");
}
