import { z } from "zod";

const waySchema = z.strictObject({
  name: z.string(),
  /** Clock cycles of each round. */
  cycles: z.number().int().positive(),
  /** Clock cycles per second: the median of the rounds. */
  cyclesPerSecond: z.number().positive(),
  /** Of the bare loop's rate in the same round, which the machine's moods reach as well: median, least and most of the rounds. */
  ofBareLoop: z.strictObject({
    median: z.number().positive(),
    least: z.number().positive(),
    most: z.number().positive(),
  }),
});

/** `reports/bench.json`: how fast each way to simulate a core was, on one machine. */
export const benchSchema = z.strictObject({
  core: z.string(),
  specHash: z.string().regex(/^[0-9a-f]{64}$/),
  rounds: z.number().int().positive(),
  machine: z.strictObject({
    processor: z.string(),
    /** Processors that the run could use. */
    processors: z.number().int().positive(),
    memoryGiB: z.number().positive(),
    system: z.string(),
    /** The system's load, a mean over the minute before the run: 0 on a quiet machine. */
    load: z.number().nonnegative(),
    node: z.string(),
    verilator: z.string(),
    compiler: z.string(),
  }),
  ways: z.array(waySchema).min(1),
});
export type Bench = z.infer<typeof benchSchema>;
export type Way = Bench["ways"][number];
