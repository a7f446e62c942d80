import { z } from "zod";

/** How a mutant can be shown to be the same function as the design. */
export const proofSchema = z.discriminatedUnion("method", [
  /** The bit is a constant that the mutation leaves as it is, or no output depends on it. */
  z.strictObject({ method: z.literal("no effect") }),
  /** The check has tried every input of a pipeline without feedback, of which the bit can change nothing but the results. */
  z.strictObject({ method: z.literal("every input"), inputs: z.number().int() }),
  /** Nothing differs in the last of so many cycles, from whatever state; nor in those before, after a reset. */
  z.strictObject({ method: z.literal("induction"), cycles: z.number().int() }),
  /** ABC's model checkers: nothing differs in any cycle of any run that begins with a reset. */
  z.strictObject({ method: z.literal("every run") }),
]);
export type Proof = z.infer<typeof proofSchema>;
