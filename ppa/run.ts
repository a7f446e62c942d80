import { shellWord } from "../gen/host/command.ts";
import pLimit from "p-limit";
import { ensureFolder, workFolder } from "../gen/host/files.ts";
import { runJobs } from "../gen/host/jobs.ts";
import { say } from "../gen/host/terminal.ts";
import { findTool } from "../gen/host/tool.ts";
import { UserError } from "../gen/host/user-error.ts";
import { readManifest, type ModuleEntry } from "../gen/manifest.ts";
import { cellLibrary } from "./activity/library.ts";
import { readDesign, type Design } from "./design.ts";
import { measure, type FlowOptions } from "./flow.ts";
import { writeGates } from "./gates/write.ts";
import { writeReport } from "./report/files.ts";
import { renderAll } from "./report/render.ts";
import type { Report } from "./report/schema.ts";
import { rulesPath, tightenRules } from "./report/rules.ts";
import { findNetlist } from "./search/find.ts";
import type { TimedNetlist } from "./search/timed.ts";
import { openSta } from "./sta/tool.ts";
import { remedyOf, selectTechnologies, type Wires } from "./tech/select.ts";
import type { PreparedTechnology } from "./tech/prepare.ts";
import { workloadMaker } from "./workload/named.ts";
import type { Axis } from "./sweep/axes.ts";
import { runSweep } from "./sweep/run.ts";
import { defaultSeed, parseWorkload, standardWorkloads } from "./workload/workload.ts";

export interface PpaOptions {
  /** Names of units or modules; none means every core of the manifest. */
  readonly units: readonly string[];
  readonly technologies: readonly string[] | undefined;
  readonly liberty: readonly string[];
  readonly targetMHz: number | undefined;
  /** As the command line names them; undefined: those that reports are compared by, in a sweep attention alone. */
  readonly workloads: readonly string[] | undefined;
  /** Designs made anew for every combination of values, instead of the manifest's. */
  readonly sweep: readonly Axis[];
  readonly seed: number;
  readonly wires: Wires;
  readonly rtlFolder: string;
  readonly reportFolder: string;
  /** Where netlists go, instead of reports. */
  readonly netlistFolder: string | undefined;
  readonly jobs: number;
  readonly timeoutMs: number;
}

/** `npm run ppa`: measures what is asked for, then renders what there is to see of every report. */
export async function runPpa(options: PpaOptions): Promise<void> {
  if (options.netlistFolder !== undefined) {
    await writeNetlists(options, options.netlistFolder);
    return;
  }
  ensureFolder(options.reportFolder);
  const reported: Report[] = [];
  try {
    if (options.sweep.length > 0) await sweepDesigns(options);
    else await measureModules(options, reported);
  } catch (thrown) {
    // What other designs have reported until then is shown; a run that wrote nothing leaves everything as it was.
    if (reported.length > 0) await renderAll(options.reportFolder);
    throw thrown;
  }
  await renderAll(options.reportFolder);
  say(`${options.reportFolder.replace(workFolder, "")}/summary.md and index.html have the tables and plots`);
}

/** `npm run ppa -- --tighten`: from now on the committed reports may not be worse than they are. */
export function tightenBounds(reportFolder: string): void {
  const { changed, violations } = tightenRules(reportFolder);
  say(changed ? `${rulesPath(reportFolder)} is tightened` : `${rulesPath(reportFolder)} was as tight already`);
  if (violations.length > 0) throw new UserError(`the reports break their bounds: ${violations.join("; ")}`);
}

/** Measures modules of the manifest; `reported` grows by each report that is written. */
async function measureModules(options: PpaOptions, reported: Report[]): Promise<void> {
  const { rtlFolder, units, workloads = standardWorkloads } = options;
  const designs = largestFirst(selectModules(rtlFolder, units).map((entry) => readDesign(rtlFolder, entry)));
  const requests = workloads.map(parseWorkload);
  const found = await technologiesOf(options);
  const flow = await flowOf(options);
  const pairs = found.flatMap((technology) => designs.map((design) => ({ technology, design })));
  const title = ({ technology, design }: (typeof pairs)[number]): string =>
    `${technology.technology.name} ${design.name}`;
  await runJobs<{ readonly report: Report; readonly changed: boolean }>(
    pairs.map((pair) => ({
      title: title(pair),
      run: async (progress) => {
        const report = await measure(flow, pair.design, pair.technology, requests, progress);
        const changed = writeReport(options.reportFolder, report);
        reported.push(report);
        return { report, changed };
      },
      describe: ({ report, changed }) => `${title(pair)}: ${figuresOf(report)}${changed ? "" : " (report unchanged)"}`,
    })),
    Infinity,
  );
}

/** `npm run ppa -- --netlists FOLDER`: the netlists that reports would be of, for simulators. */
async function writeNetlists(options: PpaOptions, folder: string): Promise<void> {
  if (options.sweep.length > 0)
    throw new UserError("--netlists does not go with --sweep, whose designs have no folder");
  const { rtlFolder, units, targetMHz } = options;
  const [technology, ...others] = await technologiesOf(options);
  if (technology === undefined || others.length > 0) {
    throw new UserError(
      "--netlists takes one technology, because modules are called alike in all; choose it with --tech",
    );
  }
  ensureFolder(folder);
  const flow = await flowOf(options);
  const found = await runJobs<TimedNetlist>(
    largestFirst(selectModules(rtlFolder, units).map((entry) => readDesign(rtlFolder, entry))).map((design) => ({
      title: `${technology.technology.name} ${design.name}`,
      run: async (progress) => {
        const { chosen } = await findNetlist(flow, design, technology, targetMHz, progress);
        return chosen;
      },
      describe: ({ periodPs }) => `${technology.technology.name} ${design.name}: ${(1e6 / periodPs).toFixed(0)} MHz`,
    })),
    Infinity,
  );
  const gates = found.map(({ netlist }) => netlist).sort((a, b) => (a.design.name < b.design.name ? -1 : 1));
  const files = writeGates(folder, await cellLibrary(technology), gates);
  say(`${files.length} files in ${folder}; simulate them with \`npm run sim -- --rtl ${shellWord(folder)}\``);
}

async function sweepDesigns(options: PpaOptions): Promise<void> {
  const { units, sweep: axes, workloads = ["attention"], seed, wires, targetMHz, reportFolder } = options;
  const conditions = [
    ...(options.workloads === undefined ? [] : [`--workload ${workloads.join(",")}`]),
    ...(seed === defaultSeed ? [] : [`--seed ${seed}`]),
    ...(wires === "none" ? [] : [`--wires ${wires}`]),
    ...(targetMHz === undefined ? [] : [`--target-mhz ${targetMHz}`]),
  ];
  if (options.workloads !== undefined && axes.some(({ name }) => name === "sparsity")) {
    throw new UserError("--workload does not go with --sweep sparsity, which says what the netlists work on");
  }
  const sweep = { units, axes, workloads: workloads.map(parseWorkload), reportFolder, conditions };
  await runSweep(await flowOf(options), await technologiesOf(options), sweep);
}

/** Those that are on this machine; says which of `all` are not. */
async function technologiesOf(options: PpaOptions): Promise<readonly PreparedTechnology[]> {
  const { found, notFound } = await selectTechnologies(options);
  for (const technology of notFound) {
    say(`${technology.name}: not found on this machine, its reports are kept (${remedyOf(technology)})`);
  }
  return found;
}

async function flowOf({ jobs, timeoutMs, targetMHz, seed }: PpaOptions): Promise<FlowOptions> {
  const tools = { sta: await findTool(openSta), limit: pLimit(jobs), timeoutMs };
  return { ...tools, targetMHz, makeWorkload: workloadMaker(seed) };
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
