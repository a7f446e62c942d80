import { z } from "zod";
import { units } from "../../gen/families/index.ts";

/** A BF16 bit pattern. */
const pattern = z.string().regex(/^0x[0-9a-f]{4}$/);
const count = z.number().int().nonnegative();
const error = z.number().nonnegative();

const errors = {
  /** Results that are compared with an exact value; `+0` for what is below 2^-126 is checked, but has no error in ulp. */
  results: count,
  /** Of those, how many are the BF16 nearest to the exact value. */
  correctlyRounded: count,
  /** Exact values within 2^-45 of a tie, where float64 does not tell which BF16 is nearest. */
  undecided: count,
  /** In ulp of the exact value. */
  worstUlps: error,
  /** |result - exact| / exact. */
  meanRelativeError: error,
  worstRelativeError: error,
} as const;

const suiteSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(["directed", "random"]),
  rows: count,
  ...errors,
  /** The result with the error `worstUlps`: row in the suite, and place in the row. */
  worst: z
    .strictObject({ row: count, length: count, element: count, score: pattern, exact: z.number(), result: pattern })
    .optional(),
  /** |sum of a row's results - 1|, and the row. */
  worstSum: z.strictObject({ error, row: count, length: count }).optional(),
});

/** Of a unit whose results depend on a whole row. */
const rowsSchema = z.strictObject({
  unit: z.enum(units),
  /** The core's module. */
  name: z.string(),
  /** The manifest's hash of spec and sources. */
  specHash: z.string(),
  lanes: z.number().int(),
  maxLength: z.number().int(),
  subnormals: z.string(),
  suites: z.array(suiteSchema).min(1),
});

/** Inputs of one kind, and how many of them give what they must. */
const kindSchema = z.strictObject({ inputs: count, right: count });

/** Of a unit with one operand. */
const everyInputSchema = z.strictObject({
  unit: z.enum(units),
  name: z.string(),
  specHash: z.string(),
  subnormals: z.string(),
  ...errors,
  worst: z.strictObject({ score: pattern, exact: z.number(), result: pattern }),
  /** NaN inputs: 0x7fc0. */
  nan: kindSchema,
  /** An exact value that rounds past the largest finite value, +infinity included: +infinity. */
  overflow: kindSchema,
  /** An exact value below 2^-126, 0 included: +0. */
  underflow: kindSchema,
  /** What others reach, in a sentence. */
  peer: z.string().optional(),
});

/** `reports/accuracy.json`: how far the golden models, and so the units, are from the real functions. */
export const accuracySchema = z.strictObject({
  /** Of the random rows. */
  seed: count,
  units: z.array(z.union([rowsSchema, everyInputSchema])),
});
export type Accuracy = z.infer<typeof accuracySchema>;
export type UnitAccuracy = Accuracy["units"][number];
export type RowsAccuracy = z.infer<typeof rowsSchema>;
export type SuiteAccuracy = z.infer<typeof suiteSchema>;
export type EveryInputAccuracy = z.infer<typeof everyInputSchema>;
/** The errors that both kinds have alike. */
export type Errors = Pick<SuiteAccuracy, keyof typeof errors>;
