import { cachedValue, contentHash } from "../../gen/host/cache.ts";
import { once } from "../../gen/host/once.ts";
import { cellLibrary, type CellLibrary } from "../activity/library.ts";
import { activityBench, measureActivity, type MeasuredActivity } from "../activity/measure.ts";
import { readNetlist } from "../netlist/read.ts";
import type { Design } from "../design.ts";
import { NoPowerDataError, readPowerLibrary, type PowerLibrary } from "../power/library.ts";
import { powerOf } from "../power/power.ts";
import type { PowerShares } from "../power/report.ts";
import type { Bench } from "../search/evaluate.ts";
import { conditionsOf } from "../sta/constraints.ts";
import { readElectrical, type ElectricalJob } from "../sta/electrical.ts";
import { staPower, staPowerSchema, type StaPower } from "../sta/power.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Pace } from "../workload/batch.ts";
import type { Workload } from "../workload/workload.ts";
import { cellsOf, drawAt, drawOf, referencePs, workloadEnergySchema, type WorkloadEnergy } from "./model.ts";
import { codeHash } from "../code-hash.ts";

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

/** @throws UserError where the netlist differs from its RTL, or cannot be simulated */
export type MeasureEnergy = (
  design: Design,
  technology: PreparedTechnology,
  verilog: string,
  workloads: readonly Workload[],
) => Promise<DesignEnergy | NoEnergy>;

/**
 * Makes the function that simulates netlists on workloads, each beside its RTL, and computes what they draw. Libraries are
 * read once for each technology; results are cached by everything that they depend on.
 */
export function energyMeasurer(bench: Bench): MeasureEnergy {
  const libraries = new Map<string, Promise<Libraries>>();
  return async (design, technology, verilog, workloads) => {
    const librariesOf = (): Promise<Libraries> => {
      const known = libraries.get(technology.libertyHash) ?? readLibraries(technology);
      libraries.set(technology.libertyHash, known);
      return known;
    };
    try {
      const job = energyJob(bench, design, technology, verilog, librariesOf);
      const energies: (readonly [Workload, WorkloadEnergy])[] = [];
      for (const workload of workloads) energies.push([workload, await job.energy(workload)]);
      const [first] = energies;
      return { workloads: energies, check: first && (await job.check(...first)) };
    } catch (thrown) {
      if (thrown instanceof NoPowerDataError) return { refused: thrown.message };
      throw thrown;
    }
  };
}

interface Libraries {
  readonly functions: CellLibrary;
  readonly power: PowerLibrary;
}

async function readLibraries(technology: PreparedTechnology): Promise<Libraries> {
  const { libertyPaths, libertyHash } = technology;
  return { power: await readPowerLibrary(libertyPaths, libertyHash), functions: await cellLibrary(technology) };
}

interface EnergyJob {
  readonly energy: (workload: Workload) => Promise<WorkloadEnergy>;
  readonly check: (workload: Workload, energy: WorkloadEnergy) => Promise<PowerCheck | undefined>;
}

/** One netlist. OpenSTA and the simulator run only for what the cache does not hold, each at most once for a workload. */
function energyJob(
  bench: Bench,
  design: Design,
  technology: PreparedTechnology,
  verilog: string,
  libraries: () => Promise<Libraries>,
): EnergyJob {
  const { commonMHz } = technology.technology;
  const commonPs = 1e6 / commonMHz;
  const job: ElectricalJob = {
    netlist: readNetlist(verilog),
    ...conditionsOf(design, technology, commonPs),
    timeoutMs: bench.timeoutMs,
  };
  const conditions = JSON.stringify([job.constraints, job.clock ?? "no clock", job.wireFfPerFanout]);
  const { specHash } = design.entry;
  const keyOf = ({ hash }: Workload): string =>
    contentHash(codeHash(), bench.sta.version, technology.libertyHash, conditions, specHash, verilog, hash);

  const simulator = once(async () => activityBench(design.entry, verilog, (await libraries()).functions));
  const electrical = once(() => bench.limit(() => readElectrical(bench.sta, job)));
  const measured = new Map<string, MeasuredActivity>();
  const activityOf = async (workload: Workload, pace: Pace): Promise<MeasuredActivity> => {
    const key = `${workload.hash} ${pace}`;
    const found = measured.get(key) ?? measureActivity(await simulator(), workload, pace);
    measured.set(key, found);
    return found;
  };

  const energy = async (workload: Workload): Promise<WorkloadEnergy> => {
    const draw = async (pace: Pace): Promise<[WorkloadEnergy["isolated"], MeasuredActivity["equivalence"]]> => {
      const { power } = await libraries();
      const { activity, equivalence } = await activityOf(workload, pace);
      const conditions = { periodPs: referencePs, electrical: await electrical() };
      return [drawOf(powerOf(job.netlist, power, activity, conditions)), equivalence];
    };
    const [isolated, compared] = await draw("isolated");
    const [streaming, comparedToo] = await draw("streaming");
    return {
      isolated,
      streaming,
      cycles: compared.cycles + comparedToo.cycles,
      outputBits: compared.outputBits + comparedToo.outputBits,
    };
  };

  const askOpenSta = async (workload: Workload): Promise<StaPower | null> => {
    const { activity } = await activityOf(workload, "isolated");
    return (await bench.limit(() => staPower(bench.sta, { ...job, activity, periodPs: commonPs }))) ?? null;
  };

  return {
    energy: (workload) => cachedValue("energy", keyOf(workload), workloadEnergySchema, () => energy(workload)),
    check: async (workload, { isolated }) => {
      const schema = staPowerSchema.nullable();
      const openSta = await cachedValue("sta-power", keyOf(workload), schema, () => askOpenSta(workload));
      const ours = cellsOf(drawAt(isolated, commonPs));
      return openSta === null ? undefined : { workload: workload.name, atMHz: commonMHz, openSta, ours };
    },
  };
}
