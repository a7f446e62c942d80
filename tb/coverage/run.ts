import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildDesign } from "../../gen/design.ts";
import { compileOrder, type Module } from "../../gen/hdl/module.ts";
import { readIfExists, rtlFolder } from "../../gen/host/files.ts";
import { runJobs } from "../../gen/host/jobs.ts";
import { withScratch } from "../../gen/host/scratch.ts";
import { say } from "../../gen/host/terminal.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { yosysVersion } from "../../gen/host/yosys.ts";
import { readManifest, type ModuleEntry } from "../../gen/manifest.ts";
import type { Unit } from "../../gen/families/index.ts";
import { check, type CheckResult } from "../check/check.ts";
import type { Judge } from "../check/judge.ts";
import { failureReport } from "../check/report.ts";
import { selectModules } from "../check/select.ts";
import { findToolchain, type Toolchain } from "../dut/verilator/tools.ts";
import type { UnitCoverage } from "./functional/coverage.ts";
import { writtenSentence } from "../report-files.ts";
import { writeReport } from "./report.ts";
import type { Coverage } from "./schema.ts";
import { constantExclusions } from "./structure/constants.ts";
import { exclusions, type Exclusion } from "./structure/exclusions.ts";
import { judgePoints, type Verdict } from "./structure/judge.ts";
import { mergePoints, readPoints, type Point } from "./structure/points.ts";
import { claimsOf, prove } from "./structure/prove.ts";
import { exclusionsOf, filesOf, moduleOf, type ModuleCoverage } from "./summarise.ts";
import { moduleLine, problemsOf, totalLine } from "./words.ts";

/** `npm run coverage`, as it was asked for. */
export interface CoverageOptions {
  readonly unit: string | undefined;
  readonly seed: number;
  readonly vectors: number;
  readonly jobs: number;
  /** Where the report goes; undefined: nowhere. */
  readonly out: string | undefined;
  readonly timeLimitMs: number;
}

/** What judges designs, and what is counted meanwhile. */
export interface Counting {
  readonly judge: Judge;
  readonly homes: Readonly<Record<Unit, UnitCoverage>>;
}

/** Runs the checks of `npm run sim` with coverage, reports, and says whether all there is was reached or is excluded. */
export async function runCoverage(options: CoverageOptions, counting: Counting): Promise<boolean> {
  const modules = selectModules(readManifest(rtlFolder), options.unit);
  const tools = await findToolchain(options.timeLimitMs);
  const runs = await withScratch((folder) => runModules(modules, folder, tools, options, counting));
  if (runs === undefined) return false;
  const points = mergePoints(runs.map((run) => run.points));
  const excluded = [...constantExclusions(points, elaborated(modules)), ...exclusions];
  const verdict = judgePoints(points, excluded, sourceLine);
  await proveConstants(excluded, points, modules, options);
  const report: Coverage = {
    seed: options.seed,
    vectors: options.vectors,
    tools: { verilator: tools.verilator.version, yosys: yosysVersion() },
    modules: runs.map(moduleOf),
    files: filesOf(runs, verdict),
    exclusions: exclusionsOf(verdict),
    measured: {
      seconds: Math.round(runs.reduce((sum, { seconds }) => sum + seconds, 0)),
      jobs: options.jobs,
    },
  };
  return conclude(report, runs, verdict, options.out);
}

/** The modules that the designs are made of, each once. */
function elaborated(entries: readonly ModuleEntry[]): readonly Module[] {
  const modules = entries.flatMap(({ kind, spec }) => compileOrder(buildDesign(spec)[kind]));
  return [...new Map(modules.map((module) => [module.name, module])).values()];
}

async function runModules(
  modules: readonly ModuleEntry[],
  folder: string,
  tools: Toolchain,
  options: CoverageOptions,
  counting: Counting,
): Promise<readonly ModuleCoverage[] | undefined> {
  const { seed, vectors, jobs } = options;
  const results = await runJobs<CheckedModule>(
    modules.map((entry) => ({
      title: entry.name,
      run: (onProgress) => runModule(entry, folder, tools, options, counting, onProgress),
      describe: ({ run }) => moduleLine(run),
    })),
    jobs,
  );
  const failed = results.filter(({ result }) => result.failure !== undefined);
  const asked = { seed, vectors, simulator: "verilator", rtl: undefined } as const;
  for (const { result } of failed) say(`\n${failureReport(result, asked)}`);
  return failed.length > 0 ? undefined : results.map(({ run }) => run);
}

interface CheckedModule {
  readonly result: CheckResult;
  readonly run: ModuleCoverage;
}

async function runModule(
  entry: ModuleEntry,
  folder: string,
  tools: Toolchain,
  { seed, vectors }: CoverageOptions,
  { judge, homes }: Counting,
  onProgress: (done: number) => void,
): Promise<CheckedModule> {
  const coverage = join(folder, `${entry.name}.dat`);
  const { observer, groups } = homes[entry.unit].coverage(entry.kind, entry.spec);
  const simulator = { kind: "verilator", rtlFolder, tools } as const;
  const result = await check({ entry, judge, simulator, seed, vectors, trace: false, coverage, observer, onProgress });
  const points = result.failure === undefined ? readPoints(written(coverage, entry), coverage) : [];
  return { result, run: { entry, vectors: result.vectors, seconds: result.seconds, points, groups } };
}

function written(path: string, entry: ModuleEntry): string {
  const text = readIfExists(path);
  if (text === undefined) {
    throw new UserError(`the simulator of ${entry.name} ended without writing its coverage; run the command again`);
  }
  return text;
}

const sources = new Map<string, readonly string[]>();

function sourceLine(file: string, line: number): string {
  const known = sources.get(file) ?? readFileSync(join(rtlFolder, file), "utf8").split("\n");
  sources.set(file, known);
  return known[line - 1] ?? "";
}

async function proveConstants(
  list: readonly Exclusion[],
  points: readonly Point[],
  modules: readonly ModuleEntry[],
  { jobs, timeLimitMs }: CoverageOptions,
): Promise<void> {
  const claims = claimsOf(list, points);
  await runJobs(
    claims.map((claim) => ({
      title: `constants of ${claim.file}`,
      run: async () => {
        const entry = modules.find(({ files }) => files.includes(claim.file));
        if (entry === undefined) throw new Error(`no module holds ${claim.file}`);
        await prove(claim, entry, rtlFolder, points, timeLimitMs);
      },
      describe: () => `${claim.file}: ${claim.bits.length} excluded bits are proved constant`,
    })),
    jobs,
  );
}

function conclude(
  report: Coverage,
  runs: readonly ModuleCoverage[],
  { stale }: Verdict,
  out: string | undefined,
): boolean {
  const problems = [...problemsOf(report), ...breachesOf(runs), ...stale];
  say(`\n${totalLine(report)}`);
  for (const problem of problems) say(`  ${problem}`);
  if (out !== undefined) {
    const folder = resolve(out);
    say(writtenSentence(folder, writeReport(folder, report)));
  }
  return problems.length === 0;
}

function breachesOf(runs: readonly ModuleCoverage[]): string[] {
  return runs.flatMap(({ entry, groups }) =>
    groups.flatMap(({ plan, breaches }) =>
      breaches.map((bin) => `${entry.name}: ${plan.name}: "${bin}" was hit, but is said to be impossible`),
    ),
  );
}
