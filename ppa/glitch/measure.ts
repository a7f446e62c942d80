import type { Icarus } from "../../gen/host/icarus.ts";
import { runStage } from "../../gen/host/stage.ts";
import { invariant, UserError } from "../../gen/host/user-error.ts";
import type { Activity } from "../activity/activity.ts";
import { cellLibrary, type CellLibrary } from "../activity/library.ts";
import { activityOf, type Work } from "../activity/measure.ts";
import type { Design } from "../design.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import type { Netlist } from "../netlist/netlist.ts";
import { powerLibrary } from "../power/library.ts";
import { powerOf } from "../power/power.ts";
import type { PowerReport } from "../power/report.ts";
import type { Report } from "../report/schema.ts";
import { conditionsOf } from "../sta/constraints.ts";
import { electrical } from "../sta/electrical.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Tools } from "../tools.ts";
import { stimuliFor } from "../workload/drive.ts";
import type { Workload } from "../workload/workload.ts";
import { comparison, transitionsOf, withDelays } from "./compare.ts";
import { netlistOf } from "./netlist.ts";
import { plainly } from "./plain.ts";
import type { UnitGlitches } from "../report/glitches.ts";
import { readDelays } from "./sdf.ts";
import { simulateTimed } from "./simulate.ts";
import { chosenVectors, someOf } from "./some-vectors.ts";

/** What every unit is measured with. */
export interface GlitchBench extends Tools {
  readonly icarus: Icarus;
  readonly technology: PreparedTechnology;
  /** The cells' Verilog. */
  readonly models: string;
}

/** One netlist on the vectors that are simulated. */
interface Subject {
  readonly design: Design;
  readonly report: Report;
  readonly clock: string;
  readonly netlist: MappedNetlist;
  readonly vectors: Work["workload"];
}

/**
 * What the netlist of a report does on some vectors of a workload with its delays and without, and what it draws in both cases. The
 * values that stand at the cycles' ends have to be those of the simulation without delays, transition for transition.
 * @throws UserError where they are not, where a tool fails, or where the report is not of this design
 */
export async function measureGlitches(
  bench: GlitchBench,
  { design, report }: Pick<Subject, "design" | "report">,
  workload: Workload,
  vectors: number,
  onProgress: (sentence: string) => void,
): Promise<UnitGlitches> {
  const { clock } = design;
  if (clock === undefined) throw new UserError(`${design.name} has no clock, so that no cycle separates its values`);
  onProgress("making the netlist");
  const netlist = await netlistOf(bench, design, bench.technology, report);
  const chosen = chosenVectors(workload.count, vectors);
  const subject = { design, report, clock, netlist, vectors: someOf(workload, chosen) };
  const { activity } = await runStage(activityOf(netlist), { workload: subject.vectors, pace: "isolated" });
  const timed = await activityWith(bench, subject, activity, (vector) => {
    onProgress(
      `simulating vector ${String(chosen[vector])} with delays, ${chosen.length - vector} of ${chosen.length} left`,
    );
  });
  return {
    unit: design.name,
    specHash: report.specHash,
    recipe: report.recipe,
    clockPeriodPs: report.clockPeriodPs,
    cells: netlist.content().instances.length,
    vectors: chosen,
    cycles: activity.cycles,
    transitions: transitionsOf(outputNets(netlist.content(), await cellLibrary(bench.technology)), activity, timed),
    power: await powerWithBoth(bench, subject, activity, timed),
  };
}

/** At the period that the report states: what it says of the netlist's speed is tried at the same time. */
async function activityWith(
  bench: GlitchBench,
  { design, report, clock, netlist, vectors }: Subject,
  activity: Activity,
  onVector: (vector: number) => void,
): Promise<Activity> {
  const { technology, models, timeoutMs, icarus } = bench;
  const [stimulus] = stimuliFor(design.entry, vectors, "isolated");
  invariant(stimulus !== undefined, `a stimulus for ${design.name}`);
  const plain = plainly(netlist.content(), clock, stimulus);
  const periodPs = report.clockPeriodPs;
  const job = { netlist: plain.netlist, ...conditionsOf(design, technology, periodPs), timeoutMs };
  const delays = await readDelays(bench.sta, job);
  const counts = await simulateTimed(icarus, { plain, models, delays, stimulus, periodPs, timeoutMs }, onVector);
  return withDelays(`${design.name} in ${technology.technology.name}`, activity, plain, counts);
}

async function powerWithBoth(
  bench: GlitchBench,
  { report, netlist }: Subject,
  activity: Activity,
  timed: Activity,
): Promise<UnitGlitches["power"]> {
  const { commonMHz } = bench.technology.technology;
  const library = await powerLibrary(bench.technology);
  const pins = await runStage(electrical(bench), netlist);
  return [report.fmaxMHz, commonMHz].map((atMHz) => {
    const powerOn = (of: Activity): PowerReport =>
      powerOf(netlist.content(), library, of, { periodPs: 1e6 / atMHz, electrical: pins });
    return comparison(atMHz, powerOn(activity), powerOn(timed));
  });
}

/** The nets that cells drive. */
function outputNets({ instances }: Netlist, { cells }: CellLibrary): readonly string[] {
  return instances.flatMap(({ cell, pins }) =>
    (cells.get(cell)?.outputs ?? []).flatMap(({ pin }) => {
      const net = pins.get(pin);
      return net?.kind === "net" ? [net.name] : [];
    }),
  );
}
