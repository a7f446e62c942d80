import { z } from "zod";
import { units } from "../../gen/families/index.ts";

const count = z.number().int().nonnegative();

const moduleSchema = z.strictObject({
  name: z.string(),
  unit: z.enum(units),
  /** `rtl`: the SystemVerilog of `rtl/`; else the technology that its netlist is mapped to. */
  level: z.string(),
  /** The manifest's hash of spec and sources. */
  specHash: z.string().regex(/^[0-9a-f]{64}$/),
  icarus: z.string(),
  seed: count,
  /** Elements whose results were compared with the golden model. */
  elements: count,
  /** Rising edges. */
  cycles: count,
  /** Resets beside that at the start of each simulation. */
  resets: count,
  /** Those of them behind which the design was compared with itself when new, cycle by cycle. */
  comparisons: count,
  /** Beats offered to inputs outside reset, in cycles. */
  beats: count,
  /** Input bits that were X, summed over the cycles. */
  unknownInputBits: count,
  /** Output bits that had to be 0 or 1 and were, summed over the cycles. */
  knownOutputBits: count,
  /** A run that finds an X ends without a report. */
  unknownOutputBits: z.literal(0),
  /** Of the run that first gave the rest of this entry. */
  measured: z.strictObject({ seconds: z.number().nonnegative() }),
});

/** `reports/unknowns.json`: modules on whose outputs no X was found. */
export const unknownsSchema = z.strictObject({ modules: z.array(moduleSchema).min(1) });
export type Unknowns = z.infer<typeof unknownsSchema>;
export type UnknownsModule = Unknowns["modules"][number];
