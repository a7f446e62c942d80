import { z } from "zod";
import { circuitOf, type ModuleCircuit } from "../../gen/hdl/circuit/elaborate.ts";
import { onceFor } from "../../gen/host/once.ts";
import { oneByOne, type Stage } from "../../gen/host/stage.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import type { Design } from "../design.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import type { Pace } from "../workload/batch.ts";
import { stimuliFor } from "../workload/drive.ts";
import { clockName } from "../workload/stimulus.ts";
import type { Vectors } from "../workload/vectors.ts";
import { activitySchema, type Activity } from "./activity.ts";
import { cellLibrary } from "./library.ts";
import { netlistCircuit } from "./netlist-circuit.ts";
import { simulate, type Subject } from "./simulate.ts";
import { Tally } from "./tally.ts";

/** A mapped netlist made ready to be simulated, beside its RTL. */
export interface ActivityBench extends Subject {
  readonly entry: ModuleEntry;
  readonly rtl: ModuleCircuit;
}

export const equivalenceSchema = z.object({
  vectors: z.number(),
  /** Cycles in which all outputs were compared, of all vectors together. */
  cycles: z.number(),
  outputBits: z.number(),
  mismatches: z.literal(0),
});
/** The post-synthesis check that comes with the activity: what was compared, and that none of it differed. */
export type Equivalence = Readonly<z.infer<typeof equivalenceSchema>>;

/** What a netlist works on. */
export interface Work {
  readonly workload: Vectors & { readonly hash: string };
  readonly pace: Pace;
}

export interface MeasuredActivity {
  readonly activity: Activity;
  readonly equivalence: Equivalence;
}

/**
 * Makes a mapped netlist ready, beside its RTL; once for each netlist.
 * @throws UserError for a netlist that cannot be simulated, and for RTL that another version of the generators made
 */
export const activityBench = onceFor(
  async ({ design, technology, recipe, content }: MappedNetlist): Promise<ActivityBench> => ({
    title: `the netlist of ${design.name} for ${technology.technology.name} (recipe ${recipe})`,
    entry: design.entry,
    netlist: netlistCircuit(content(), await cellLibrary(technology), clockName),
    rtl: referenceOf(design),
  }),
);

/** What all netlists of a design are held against. */
const referenceOf = onceFor(({ core }: Design) => circuitOf(core()));

/** What a netlist's nets do on a workload at a pace; the workload is known by its hash. */
export const activityOf = (netlist: MappedNetlist): Stage<Work, MeasuredActivity> => ({
  name: "activity",
  source: import.meta.url,
  schema: z.object({ activity: activitySchema, equivalence: equivalenceSchema }),
  key: ({ workload, pace }) => [netlist.hash, workload.hash, pace],
  run: oneByOne(async ({ workload, pace }) => measureActivity(await activityBench(netlist), workload, pace)),
});

/**
 * Compares a netlist with its RTL on a workload, without a count of what its nets do.
 * @throws UserError where an output of the netlist differs from the RTL's, naming bit, cycle and vector
 */
export function compareWithRtl(bench: ActivityBench, vectors: Vectors, pace: Pace, tally?: Tally): Equivalence {
  let [cycles, outputBits] = [0, 0];
  for (const stimulus of stimuliFor(bench.entry, vectors, pace)) {
    const agreed = simulate(bench, stimulus, tally);
    cycles += agreed.cycles;
    outputBits += agreed.bits;
  }
  return { vectors: vectors.count, cycles, outputBits, mismatches: 0 };
}

/**
 * The activity of every net on a workload, averaged over exactly the cycles that the pace counts (`cyclesOf`), and the
 * comparison with the RTL that it rests on.
 * @throws UserError where an output of the netlist differs from the RTL's
 */
export function measureActivity(bench: ActivityBench, vectors: Vectors, pace: Pace): MeasuredActivity {
  const tally = new Tally(bench.netlist);
  const equivalence = compareWithRtl(bench, vectors, pace, tally);
  const nets = tally.nets();
  if (bench.entry.ports.some(({ name }) => name === clockName)) {
    nets.set(clockName, { transitions: 2 * tally.cycles, high: 0.5 });
  }
  return { activity: { cycles: tally.cycles, nets, gatedClocks: new Set(bench.netlist.clocks.keys()) }, equivalence };
}
