import { z } from "zod";
import { proofGroups } from "./proof.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A label and a text: `score_i`, `0x3f80 = 1`. */
export const factSchema = z.tuple([z.string(), z.string()]);

const methodSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("combinational") }),
  /** Cycles of the base case, and that the induction step looks back on. */
  z.strictObject({ kind: z.literal("induction"), cycles: z.number().int().positive() }),
  /** Cycles from the first, which is in reset. */
  z.strictObject({ kind: z.literal("bounded"), cycles: z.number().int().positive() }),
]);

/** Of the solver's last problem, in conjunctive normal form. */
export const sizeSchema = z.strictObject({ variables: z.number().int(), clauses: z.number().int() });

const counterexampleSchema = z.strictObject({
  /** The property that fails, in words. */
  property: z.string(),
  /** The cycle in which it does; 0, the first, of a combinational proof. */
  cycle: z.number().int().nonnegative(),
  facts: z.array(factSchema),
});

export const proofSchema = z.strictObject({
  name: z.string(),
  group: z.enum(proofGroups),
  claim: z.string(),
  /** The manifest's hash of spec and sources, of each design that the claim is about. */
  designs: z.array(z.strictObject({ name: z.string(), specHash: hash })).min(1),
  /** SHA-256 of all that Yosys was given. */
  problemHash: hash,
  method: methodSchema,
  /** The properties, in words. */
  properties: z.array(z.string()).min(1),
  /** What was shown to happen under the assumptions; empty where nothing is assumed. */
  reached: z.array(z.string()),
  /** A run in which anything is not proved ends without a report. */
  result: z.literal("proved"),
  size: sizeSchema,
  /** The broken variant, and how it was refuted. */
  twin: z.strictObject({
    name: z.string(),
    file: z.string(),
    from: z.string(),
    to: z.string(),
    counterexample: counterexampleSchema,
  }),
  /** Of the run that first gave the rest of this entry; a later one that gives the same leaves it as it is. */
  measured: z.strictObject({ seconds: z.number().nonnegative() }),
});
export type ProofRecord = z.infer<typeof proofSchema>;

/** `reports/formal.json`: what is proved of the designs, and the broken variants that are refuted. */
export const formalSchema = z.strictObject({
  tools: z.strictObject({ yosys: z.string() }),
  proofs: z.array(proofSchema).min(1),
});
export type Formal = z.infer<typeof formalSchema>;
