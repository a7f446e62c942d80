import { oneByOne, runStage, type Stage } from "../../gen/host/stage.ts";
import type { Activity } from "../activity/activity.ts";
import { activityOf } from "../activity/measure.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import { NoPowerDataError, powerLibrary } from "../power/library.ts";
import { powerOf } from "../power/power.ts";
import type { PowerShares } from "../power/report.ts";
import { electrical, electricalJob, electricalKey } from "../sta/electrical.ts";
import { staPower, staPowerSchema, type StaPower } from "../sta/power.ts";
import type { Tools } from "../tools.ts";
import type { Workload } from "../workload/workload.ts";
import { cellsOf, drawAt, drawOf, referencePs, workloadEnergySchema, type Draw, type WorkloadEnergy } from "./model.ts";

/** What a netlist draws on every workload, and what OpenSTA says of the first. */
export interface DesignEnergy {
  readonly workloads: readonly (readonly [Workload, WorkloadEnergy])[];
  /** Undefined where this version of OpenSTA cannot be asked. */
  readonly check: PowerCheck | undefined;
}

export interface PowerCheck {
  readonly workload: string;
  readonly atMHz: number;
  readonly openSta: StaPower;
  /** What is computed here, without the clock's nets, which OpenSTA leaves out. */
  readonly ours: PowerShares;
}

/** A library without power tables: what to say. */
export interface NoEnergy {
  readonly refused: string;
}

/**
 * Simulates a netlist on workloads, each time beside its RTL, and computes what it draws.
 * @throws UserError if the netlist differs from its RTL, or cannot be simulated
 */
export async function measureEnergy(
  tools: Tools,
  netlist: MappedNetlist,
  workloads: readonly Workload[],
): Promise<DesignEnergy | NoEnergy> {
  try {
    const energies: (readonly [Workload, WorkloadEnergy])[] = [];
    for (const workload of workloads) energies.push([workload, await runStage(energyOf(tools, netlist), workload)]);
    const [first] = energies;
    return { workloads: energies, check: first && (await checked(tools, netlist, ...first)) };
  } catch (thrown) {
    if (thrown instanceof NoPowerDataError) return { refused: thrown.message };
    throw thrown;
  }
}

/** What a netlist draws on a workload. */
const energyOf = (tools: Tools, netlist: MappedNetlist): Stage<Workload, WorkloadEnergy> => ({
  name: "energy",
  source: import.meta.url,
  schema: workloadEnergySchema,
  key: ({ hash }) => [...electricalKey(tools, netlist), hash],
  run: oneByOne(async (workload) => {
    const library = await powerLibrary(netlist.technology);
    const conditions = { periodPs: referencePs, electrical: await runStage(electrical(tools), netlist) };
    const draw = (activity: Activity): Draw => drawOf(powerOf(netlist.content(), library, activity, conditions));
    const isolated = await runStage(activityOf(netlist), { workload, pace: "isolated" });
    const streaming = await runStage(activityOf(netlist), { workload, pace: "streaming" });
    return {
      isolated: draw(isolated.activity),
      streaming: draw(streaming.activity),
      cycles: isolated.equivalence.cycles + streaming.equivalence.cycles,
      outputBits: isolated.equivalence.outputBits + streaming.equivalence.outputBits,
    };
  }),
});

/** OpenSTA's own figures; null if this version cannot be asked. */
const powerOfSta = (tools: Tools, netlist: MappedNetlist): Stage<Workload, StaPower | null> => ({
  name: "sta-power",
  source: import.meta.url,
  schema: staPowerSchema.nullable(),
  key: ({ hash }) => [...electricalKey(tools, netlist), hash],
  run: oneByOne(async (workload) => {
    const { activity } = await runStage(activityOf(netlist), { workload, pace: "isolated" });
    const job = { ...electricalJob(netlist, tools.timeoutMs), activity, periodPs: commonPs(netlist) };
    return (await tools.limit(() => staPower(tools.sta, job))) ?? null;
  }),
});

async function checked(
  tools: Tools,
  netlist: MappedNetlist,
  workload: Workload,
  { isolated }: WorkloadEnergy,
): Promise<PowerCheck | undefined> {
  const openSta = await runStage(powerOfSta(tools, netlist), workload);
  if (openSta === null) return undefined;
  const ours = cellsOf(drawAt(isolated, commonPs(netlist)));
  return { workload: workload.name, atMHz: netlist.technology.technology.commonMHz, openSta, ours };
}

const commonPs = ({ technology }: MappedNetlist): number => 1e6 / technology.technology.commonMHz;
