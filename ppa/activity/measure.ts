import { buildDesign } from "../../gen/design.ts";
import { UserError } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { stimuliFor } from "../workload/drive.ts";
import type { Pace } from "../workload/batch.ts";
import { clockName } from "../workload/stimulus.ts";
import type { Vectors } from "../workload/vectors.ts";
import type { Activity } from "./activity.ts";
import type { Circuit } from "./gates.ts";
import type { CellLibrary } from "./library.ts";
import { netlistCircuit } from "./netlist-circuit.ts";
import { readNetlist } from "../netlist/read.ts";
import { rtlCircuit } from "./rtl-circuit.ts";
import { simulate, type Subject } from "./simulate.ts";
import { Tally } from "./tally.ts";

/** A mapped netlist made ready to be simulated, beside its RTL. */
export interface ActivityBench extends Subject {
  readonly entry: ModuleEntry;
}

/** The post-synthesis check that comes with the activity: what was compared, and that none of it differed. */
export interface Equivalence {
  readonly vectors: number;
  /** Cycles in which all outputs were compared, of all vectors together. */
  readonly cycles: number;
  readonly outputBits: number;
  readonly mismatches: 0;
}

export interface MeasuredActivity {
  readonly activity: Activity;
  readonly equivalence: Equivalence;
}

/**
 * Makes a mapped netlist ready, beside its RTL.
 * @throws UserError for a netlist that cannot be simulated
 */
export function activityBench(
  entry: ModuleEntry,
  verilog: string,
  library: CellLibrary,
  { rtl = referenceOf(entry), recipe }: { readonly rtl?: Circuit; readonly recipe?: string } = {},
): ActivityBench {
  return {
    title: `the netlist of ${entry.name} for ${library.name}${recipe === undefined ? "" : ` (recipe ${recipe})`}`,
    entry,
    netlist: netlistCircuit(readNetlist(verilog), library, clockName),
    rtl,
  };
}

/**
 * What a netlist of a module is held against: its RTL, built anew from the spec in the manifest, not read from SystemVerilog.
 * @throws UserError for RTL that another version of the generators made
 */
export function referenceOf(entry: ModuleEntry): Circuit {
  const design = buildDesign(entry.spec);
  const generated = design.entries.find(({ name }) => name === entry.name);
  if (generated?.kind !== "core" || generated.specHash !== entry.specHash) {
    throw new UserError(
      `${entry.name} is not what the generators make of its spec, perhaps another version's; make it again with \`npm run gen\``,
    );
  }
  return rtlCircuit(design.core);
}

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
