import { z } from "zod";
import { atLeast, type FoundTool } from "../../gen/host/tool.ts";
import { UserError } from "../../gen/host/user-error.ts";
import type { Activity } from "../activity/activity.ts";
import type { Net } from "../netlist/netlist.ts";
import { printNetlist } from "../netlist/print.ts";
import { pinActivityTcl, saif } from "./activity-files.ts";
import { sourceClock, sourceLiberty, withSources } from "./activity-sources.ts";
import { loadTcl, type ElectricalJob } from "./electrical.ts";
import { numbered } from "./numbered.ts";
import { runSta, type StaJob } from "./run.ts";

export const staPowerSchema = z.object({
  version: z.string(),
  internalW: z.number(),
  switchingW: z.number(),
  leakageW: z.number(),
  /**
   * 2 where this version adds the energies of both edges for every transition, 1 where it takes their mean. The first
   * also weighs conditions otherwise and gives an ideal clock no transition time: from 1.0 to 4.1 times ours has been
   * seen.
   */
  internalCounted: z.union([z.literal(1), z.literal(2)]),
});
/** What OpenSTA itself says that a netlist consumes, watts: a check on the figure that is computed here. */
export type StaPower = Readonly<z.infer<typeof staPowerSchema>>;

export interface StaPowerJob extends ElectricalJob {
  readonly activity: Activity;
  /** Of the cycles of the activity; the constraints' clock must have the same. */
  readonly periodPs: number;
}

/**
 * Runs OpenSTA's own power analysis with the same activity. It leaves the net of an ideal clock out. Debian's 2.0.17
 * can agree in switching power only: its leakage takes all states of a cell to be equally likely, and adds that of
 * ground pins. It also has every clock pulse in every cycle, behind a gate too, whatever it is told: what a gate
 * switches is scaled here to what it lets through.
 * @returns undefined for versions between 2.0.17 and 2.6, which take the activity in other units or not at all
 * @throws UserError when the tool fails
 */
export async function staPower(tool: FoundTool, job: StaPowerJob): Promise<StaPower | undefined> {
  const { version } = tool;
  const readsSaif = atLeast(version, "2.6");
  if (!readsSaif && atLeast(version, "2.1")) return undefined;
  const { script, files } = readsSaif ? saifJob(job) : pinJob(job);
  const gates = readsSaif ? [] : clockGatesOf(job);
  const purpose = `reporting the power of ${job.netlist.name}`;
  const report = [
    'puts "@@ power"',
    "report_power -digits 8",
    ...gates.map(({ index }) => `report_power -instances [get_cells u${index}] -digits 8`),
  ];
  const printed = await runSta(tool, {
    libertyPaths: job.libertyPaths,
    script: [...script, ...report].join("\n"),
    files,
    timeoutMs: job.timeoutMs,
    purpose,
  });
  const row = /^Total\s+(\S+)\s+(\S+)\s+(\S+)\s/m.exec(printed.split("@@ power\n")[1] ?? "");
  const [internalW = NaN, switchingW = NaN, leakageW = NaN] = (row ?? []).slice(1).map(Number);
  if (![internalW, switchingW, leakageW].every(Number.isFinite)) {
    throw new UserError(`OpenSTA printed no total while ${purpose}; run it again, or set FLARE_STA to another OpenSTA`);
  }
  const overstated = gates.map(({ index, passing }) => {
    const instance = new RegExp(`^\\s*\\S+\\s+(\\S+)\\s+\\S+\\s+\\S+\\s+u${index}$`, "m").exec(printed);
    return Number(instance?.[1]) * (1 - passing);
  });
  const gated = overstated.reduce((sum, watts) => sum + watts, 0);
  return { version, internalW, switchingW: switchingW - gated, leakageW, internalCounted: readsSaif ? 1 : 2 };
}

/** The instances that have a clock on both sides, and the part of its edges that each lets through. */
function clockGatesOf({ netlist, clock, activity }: StaPowerJob): { index: number; passing: number }[] {
  const isGated = (net: Net): boolean => net.kind === "net" && activity.gatedClocks.has(net.name);
  const isRoot = (net: Net): boolean => net.kind === "net" && net.name === clock?.net;
  return netlist.instances.flatMap(({ pins }, index) => {
    const clocks = [...pins.values()].filter((net) => isGated(net) || isRoot(net));
    if (clocks.length < 2) return [];
    const transitions = clocks.filter(isGated).map((net) => netTransitions(net, activity));
    return [{ index, passing: Math.min(...transitions) / (2 * activity.cycles) }];
  });
}

function netTransitions(net: Net, { nets }: Activity): number {
  return net.kind === "net" ? (nets.get(net.name)?.transitions ?? 0) : 0;
}

type Prepared = Pick<StaJob, "files"> & { readonly script: readonly string[] };

function saifJob(job: StaPowerJob): Prepared {
  const { netlist, clock, activity, periodPs } = job;
  const renamed = numbered(netlist, clock?.net);
  return {
    script: [loadTcl({ ...job, netlist: renamed }), `read_saif -scope ${netlist.name} activity.saif`],
    files: {
      "netlist.v": printNetlist(renamed),
      "activity.saif": saif(netlist, activity, { clock: clock?.net, periodPs }),
    },
  };
}

/** For 2.0.17. What it is told of pins before a first report is lost. */
function pinJob(job: StaPowerJob): Prepared {
  const { netlist, clock, activity, periodPs } = job;
  const renamed = withSources(numbered(netlist, clock?.net), clock?.net);
  return {
    script: [
      "read_liberty source.lib",
      loadTcl({ ...job, netlist: renamed }),
      `create_clock -name ${sourceClock} -period ${periodPs} [get_ports ${sourceClock}]`,
      "report_power",
      "source activity.tcl",
    ],
    files: {
      "netlist.v": printNetlist(renamed),
      "source.lib": sourceLiberty(clock?.transitionPs ?? 0),
      "activity.tcl": pinActivityTcl(netlist, activity),
    },
  };
}
