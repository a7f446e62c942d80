import { z } from "zod";
import { mapOf } from "../../gen/host/stage.ts";

/** What a net did while a workload ran. */
export interface NetActivity {
  /** Changes of its settled value, in all the cycles together. */
  readonly transitions: number;
  /** The fraction of time at 1. */
  readonly high: number;
}

/**
 * What every net of a mapped netlist did, from simulating the netlist without delays: a net changes once per cycle or not
 * at all, so glitches are not in it. The ideal clock has two transitions per cycle, and behind a clock gate in the cycles that it lets through.
 */
export interface Activity {
  /** Clock cycles that were counted, of all vectors together. */
  readonly cycles: number;
  /** By the netlist's names: a bit of a vector is `score_i[3]`. A net with two names (a port that repeats another) is under both. */
  readonly nets: ReadonlyMap<string, NetActivity>;
  /** The nets that clock gates drive; they are among `nets`. */
  readonly gatedClocks: ReadonlySet<string>;
}

export const activitySchema: z.ZodType<Activity> = z.object({
  cycles: z.number(),
  nets: mapOf(z.object({ transitions: z.number(), high: z.number() })),
  gatedClocks: z.codec(z.array(z.string()), z.custom<ReadonlySet<string>>(), {
    decode: (nets) => new Set(nets),
    encode: (nets) => [...nets],
  }),
});
