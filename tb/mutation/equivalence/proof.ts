import { z } from "zod";

/** How a mutant can be shown to be the same function as the design. */
export const proofSchema = z.discriminatedUnion("method", [
  /** The bit is a constant that the mutation leaves as it is. */
  z.strictObject({ method: z.literal("no change") }),
  /** No output depends on the mutated bit. */
  z.strictObject({ method: z.literal("no path") }),
  /** `sat`: from any two states whatever, after so many cycles of any inputs, no output that counts differs. */
  z.strictObject({ method: z.literal("any state"), cycles: z.number().int() }),
  /** The check has tried every input of a pipeline without feedback, of which the bit can change nothing but the results. */
  z.strictObject({ method: z.literal("every input"), inputs: z.number().int() }),
  /** ABC: after a reset no run of any length, with inputs that keep to their contract, differs in an output that counts. */
  z.strictObject({ method: z.literal("every run") }),
]);
export type Proof = z.infer<typeof proofSchema>;
