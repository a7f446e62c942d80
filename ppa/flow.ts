import { runStage } from "../gen/host/stage.ts";
import type { Design } from "./design.ts";
import { measureEnergy } from "./energy/measure.ts";
import { pathNaming } from "./names/path-namer.ts";
import { makeReport } from "./report/make.ts";
import type { Report } from "./report/schema.ts";
import { findNetlist } from "./search/find.ts";
import type { PreparedTechnology } from "./tech/prepare.ts";
import type { Tools } from "./tools.ts";
import type { MakeWorkload } from "./workload/named.ts";
import type { WorkloadRequest } from "./workload/workload.ts";

/** What every measurement of a run shares. */
export interface FlowOptions extends Tools {
  readonly makeWorkload: MakeWorkload;
  /** Look for the smallest netlist that reaches this, instead of the fastest one. */
  readonly targetMHz: number | undefined;
}

/**
 * Measures one module in one technology: searches a netlist, then lets it work.
 * @throws UserError when a tool fails, or no netlist reaches the frequency asked for
 */
export async function measure(
  options: FlowOptions,
  design: Design,
  technology: PreparedTechnology,
  requests: readonly WorkloadRequest[],
  onProgress: (sentence: string) => void,
): Promise<Report> {
  const { sta, targetMHz } = options;
  // Before the long search, so that a trace that cannot be used is refused at once.
  const { format } = design.entry.spec;
  const workloads = requests.map((request) => options.makeWorkload(request, format));
  const { chosen, front } = await findNetlist(options, design, technology, targetMHz, onProgress);
  const path = await runStage(pathNaming(chosen.netlist), chosen.criticalPath);
  onProgress(`measuring activity and power on ${requests.length} workloads`);
  const energy = await measureEnergy(options, chosen.netlist, workloads);
  return makeReport({ sta, targetMHz, chosen, front, path, energy });
}
