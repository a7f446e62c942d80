import { join, relative } from "node:path";
import pLimit from "p-limit";
import { contentHash } from "../../gen/host/cache.ts";
import { isFile, writeIfChanged } from "../../gen/host/files.ts";
import { findIcarus } from "../../gen/host/icarus.ts";
import { runJobs } from "../../gen/host/jobs.ts";
import { say } from "../../gen/host/terminal.ts";
import { findTool } from "../../gen/host/tool.ts";
import { invariant, UserError } from "../../gen/host/user-error.ts";
import { readManifest } from "../../gen/manifest.ts";
import { readDesign, type Design } from "../design.ts";
import { readReport } from "../report/files.ts";
import type { Report } from "../report/schema.ts";
import { openSta } from "../sta/tool.ts";
import { osu018 } from "../tech/osu018.ts";
import { selectTechnologies } from "../tech/select.ts";
import { makeWorkload, type Workload, type WorkloadRequest } from "../workload/workload.ts";
import { yosysVersion } from "../../gen/host/yosys.ts";
import { measureGlitches, type GlitchBench } from "./measure.ts";
import { timedModels } from "./models.ts";
import { renderGlitches } from "./render.ts";
import { printGlitches, type Glitches, type UnitGlitches } from "../report/glitches.ts";

export interface GlitchOptions {
  /** Modules; none means every core that has a report. */
  readonly units: readonly string[];
  readonly workload: WorkloadRequest;
  readonly seed: number;
  /** Simulated of each workload. */
  readonly vectors: number;
  readonly rtlFolder: string;
  /** Where `npm run ppa` wrote its reports. */
  readonly reportFolder: string;
  readonly outFolder: string;
  /** Units at once. */
  readonly jobs: number;
  readonly timeoutMs: number;
}

/** `npm run glitches`: measures what simulation without delays leaves out, and writes glitches.json and glitches.md. */
export async function runGlitches(options: GlitchOptions): Promise<void> {
  const bench = await glitchBench(options.timeoutMs);
  const subjects = subjectsOf(options);
  const workloads = new Map<string, Workload>();
  for (const { design } of subjects) {
    const { format } = design.entry.spec;
    if (!workloads.has(format.name)) {
      workloads.set(format.name, makeWorkload(options.workload, format, options.seed));
    }
  }
  const units = await runJobs(
    subjects.map(({ design, report }) => ({
      title: design.name,
      run: async (progress) => {
        const workload = workloads.get(design.entry.spec.format.name);
        invariant(workload !== undefined, `a workload for ${design.name}`);
        return measureGlitches(bench, { design, report }, workload, options.vectors, progress);
      },
      describe: ({ unit, transitions, power }: UnitGlitches) =>
        `${unit}: ${(100 * transitions.glitchShare).toFixed(1)} % of the transitions are glitches, power x ${String(power[0]?.factor)}`,
    })),
    options.jobs,
  );
  const glitches = glitchesOf(bench, workloads, units);
  const files = [
    ["glitches.json", printGlitches(glitches)],
    ["glitches.md", renderGlitches(glitches)],
  ] as const;
  const written = files.filter(([name, text]) => writeIfChanged(join(options.outFolder, name), text)).length;
  say(`${files.length} files in ${relative(".", options.outFolder) || "."}, ${written} of them changed`);
}

async function glitchBench(timeoutMs: number): Promise<GlitchBench> {
  const icarus = await findIcarus();
  const sta = await findTool(openSta);
  const [technology] = (await selectTechnologies({ technologies: [osu018.name], liberty: [] })).found;
  invariant(technology !== undefined, "a technology that is not found is an error");
  return {
    sta,
    icarus,
    technology,
    limit: pLimit(1),
    timeoutMs,
    models: timedModels(technology),
  };
}

interface SubjectOfGlitches {
  readonly design: Design;
  readonly report: Report;
}

/** The cores asked for that have a report, in the manifest's order. */
function subjectsOf({ units, rtlFolder, reportFolder }: GlitchOptions): readonly SubjectOfGlitches[] {
  const cores = readManifest(rtlFolder).modules.filter(({ kind }) => kind === "core");
  for (const unit of units) {
    if (!cores.some(({ name }) => name === unit)) {
      throw new UserError(`unknown unit "${unit}"; ${rtlFolder} has ${cores.map(({ name }) => name).join(", ")}`);
    }
  }
  const pathOf = (name: string): string => join(reportFolder, osu018.name, `${name}.json`);
  const wanted = cores.filter(({ name }) => (units.length === 0 ? isFile(pathOf(name)) : units.includes(name)));
  if (wanted.length === 0) {
    throw new UserError(`${reportFolder} has no report of osu018; make them with \`npm run ppa -- --tech osu018\``);
  }
  return wanted.map((entry) => {
    if (!isFile(pathOf(entry.name))) {
      throw new UserError(
        `${entry.name} has no report in osu018; make it with \`npm run ppa -- --unit ${entry.name} --tech osu018\``,
      );
    }
    return { design: readDesign(rtlFolder, entry), report: readReport(pathOf(entry.name)) };
  });
}

function glitchesOf(
  { technology, sta, icarus }: GlitchBench,
  workloads: ReadonlyMap<string, Workload>,
  units: readonly UnitGlitches[],
): Glitches {
  const [workload] = workloads.values();
  const seed = workload?.seed;
  return {
    tech: technology.technology.name,
    corner: technology.technology.corner,
    tools: { yosys: yosysVersion(), sta: sta.version, iverilog: icarus.iverilog.version, vvp: icarus.vvp.version },
    libertySha256: technology.libertyHash,
    modelsSha256: contentHash(timedModels(technology)),
    workload: {
      name: workload?.name ?? "",
      ...(seed === undefined ? {} : { seed }),
      sha256: Object.fromEntries([...workloads].map(([format, { hash }]) => [format, hash])),
    },
    units: [...units],
  };
}
