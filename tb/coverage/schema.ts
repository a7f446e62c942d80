import { z } from "zod";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();
const tally = z.strictObject({ covered: count, of: count });

const groupSchema = z.strictObject({
  name: z.string(),
  /** Combinations that can be: all of them are to be hit. */
  bins: count,
  hit: count,
  /** Bins that were not hit. */
  holes: z.array(z.string()),
  /** Combinations that cannot be, and why. */
  impossible: z.strictObject({ combinations: count.positive(), why: z.string() }).optional(),
});

const moduleSchema = z.strictObject({
  name: z.string(),
  /** The manifest's hash of spec and sources. */
  specHash: hash,
  /** Elements or pairs whose results were compared. */
  vectors: count,
  groups: z.array(groupSchema),
});

const fileSchema = z.strictObject({
  file: z.string(),
  /** The modules of the manifest that hold it. */
  modules: z.array(z.string()).min(1),
  /** Blocks and `case` items that ran. */
  lines: tally,
  /** Sides of an `if`. */
  branches: tally,
  /** Bits that changed in both directions. */
  toggles: tally,
  /** Points that were not reached and are excluded. */
  excluded: count,
  /** Points that were not reached and are not excluded. */
  holes: z.array(z.string()),
});

const exclusionSchema = z.strictObject({
  reason: z.string(),
  /** What the bits always are, proved by Yosys' SAT solver; absent where the reason is an argument. */
  constant: z.union([z.literal(0), z.literal(1)]).optional(),
  points: count.positive(),
  places: z.array(z.strictObject({ file: z.string(), points: z.array(z.string()).min(1) })),
});

/** `reports/coverage.json`: what the default run of `npm run sim` reaches. */
export const coverageSchema = z.strictObject({
  seed: count,
  vectors: count,
  tools: z.strictObject({ verilator: z.string(), yosys: z.string() }),
  modules: z.array(moduleSchema).min(1),
  files: z.array(fileSchema).min(1),
  exclusions: z.array(exclusionSchema),
  /**
   * Of the run that first gave the rest; a later one that gives the same leaves it as it is. The seconds of all modules, builds
   * included, added up; so many ran at a time.
   */
  measured: z.strictObject({ seconds: z.number().nonnegative(), jobs: z.number().int() }),
});
export type Coverage = z.infer<typeof coverageSchema>;
export type CoverageFile = Coverage["files"][number];
export type CoverageGroup = Coverage["modules"][number]["groups"][number];
