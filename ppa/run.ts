import { join } from "node:path";
import pLimit from "p-limit";
import { ensureFolder, projectRoot, writeIfChanged } from "../gen/host/files.ts";
import { findTool } from "../gen/host/tool.ts";
import { UserError } from "../gen/host/user-error.ts";
import { readManifest, type ModuleEntry } from "../gen/manifest.ts";
import { readDesign, type Design } from "./design.ts";
import { energyMeasurer } from "./energy/measure.ts";
import { measure, type FlowOptions } from "./flow.ts";
import { say, showing } from "./progress.ts";
import { readReports, writeReport } from "./report/files.ts";
import { renderSummary } from "./report/summary.ts";
import type { Report } from "./report/schema.ts";
import { openSta } from "./sta/tool.ts";
import { selectTechnologies, type Wires } from "./tech/select.ts";
import type { PreparedTechnology } from "./tech/prepare.ts";
import { workloadMaker } from "./workload/named.ts";
import type { WorkloadRequest } from "./workload/workload.ts";

export interface PpaOptions {
  /** Names of units or modules; none means every core of the manifest. */
  readonly units: readonly string[];
  readonly technologies: readonly string[] | undefined;
  readonly liberty: readonly string[];
  readonly targetMHz: number | undefined;
  readonly workloads: readonly WorkloadRequest[];
  readonly seed: number;
  readonly wires: Wires;
  readonly rtlFolder: string;
  readonly reportFolder: string;
  readonly jobs: number;
  readonly timeoutMs: number;
}

/** `npm run ppa`: measures what is asked for, then renders what there is to see of every report. */
export async function runPpa(options: PpaOptions): Promise<void> {
  ensureFolder(options.reportFolder);
  const designs = selectModules(options.rtlFolder, options.units).map((entry) => readDesign(options.rtlFolder, entry));
  const found = await technologiesOf(options);
  if (found.length > 0) {
    const flow = await flowOf(options);
    const pairs = found.flatMap((technology) => largestFirst(designs).map((design) => ({ technology, design })));
    await showing(
      pairs.map(({ technology, design }) => ({
        title: `${technology.technology.name} ${design.name}`,
        work: async (progress) => {
          const report = await measure(flow, design, technology, options.workloads, progress);
          const changed = writeReport(options.reportFolder, report);
          return `${figuresOf(report)}${changed ? "" : " (report unchanged)"}`;
        },
      })),
    );
  }
  writeIfChanged(join(options.reportFolder, "summary.md"), renderSummary(readReports(options.reportFolder)));
  say(`${options.reportFolder.replace(projectRoot, "")}/summary.md has the tables`);
}

/** Those that are on this machine; says which are not. */
async function technologiesOf(options: PpaOptions): Promise<readonly PreparedTechnology[]> {
  const { found, notFound } = await selectTechnologies(options);
  for (const technology of notFound) {
    const remedy = technology.sources.kind === "search" ? technology.sources.remedy : "";
    say(`${technology.name}: not found on this machine, its reports are kept (${remedy})`);
  }
  return found;
}

async function flowOf({ jobs, timeoutMs, targetMHz, seed }: PpaOptions): Promise<FlowOptions> {
  const bench = { sta: await findTool(openSta), limit: pLimit(jobs), timeoutMs };
  return { ...bench, targetMHz, measureEnergy: energyMeasurer(bench), makeWorkload: workloadMaker(seed) };
}

/** What takes longest begins first, so that nothing long is left for the end. */
function largestFirst(designs: readonly Design[]): readonly Design[] {
  const size = ({ sources }: Design): number => sources.reduce((sum, { text }) => sum + text.length, 0);
  return [...designs].sort((a, b) => size(b) - size(a));
}

function figuresOf({ fmaxMHz, areaUm2, recipe, results }: Report): string {
  const [first] = results ?? [];
  const energy = first === undefined ? "" : `, ${first.energyPerElementPj} pJ per element (${first.workload})`;
  return `${fmaxMHz} MHz, ${areaUm2} µm²${energy}, ${recipe}`;
}

/** The cores that the names stand for, in the manifest's order. */
function selectModules(folder: string, names: readonly string[]): readonly ModuleEntry[] {
  const cores = readManifest(folder).modules.filter((entry) => entry.kind === "core");
  for (const name of names) {
    if (cores.some((entry) => entry.unit === name || entry.name === name)) continue;
    const known = [...new Set(cores.flatMap((entry) => [entry.unit, entry.name]))].join(", ");
    throw new UserError(`unknown unit "${name}"; ${folder} has ${known}; others come from \`npm run gen\``);
  }
  return cores.filter((entry) => names.length === 0 || names.includes(entry.unit) || names.includes(entry.name));
}
