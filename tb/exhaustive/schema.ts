import { z } from "zod";
import { units } from "../../gen/families/index.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const unitSchema = z.strictObject({
  name: z.string(),
  unit: z.enum(units),
  /** The manifest's hash of spec and sources. */
  specHash: hash,
  tools: z.strictObject({ verilator: z.string(), compiler: z.string() }),
  operands: z.union([z.literal(1), z.literal(2)]),
  /** Bits of an operand and of a result. */
  width: z.number().int(),
  /** Operand pairs, or operands of a unit that has one: all that there are. */
  pairs: z.number().int(),
  /** A run with a mismatch ends without a report. */
  mismatches: z.literal(0),
  /**
   * Of all results, in the order of (score, bias): they are cut into pieces of 2^16 (of BF16 pairs: those of one score; fewer
   * results are one piece), each result in as few bytes as hold it, least significant first; this is the SHA-256 of the pieces'
   * SHA-256s, 32 bytes each.
   */
  checksum: hash,
  /** Of the run that first gave the rest of this entry; a later one that gives the same leaves it as it is. */
  measured: z.strictObject({ seconds: z.number().nonnegative(), simulators: z.number().int() }),
});

/** `reports/exhaustive.json`: units that agree with the golden model on every input. */
export const exhaustiveSchema = z.strictObject({ units: z.array(unitSchema).min(1) });
export type Exhaustive = z.infer<typeof exhaustiveSchema>;
export type ExhaustiveUnit = Exhaustive["units"][number];
