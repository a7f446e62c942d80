import { resolve } from "node:path";
import pLimit from "p-limit";
import { reportsFolder } from "../../gen/host/files.ts";
import { runJobs, type Progress } from "../../gen/host/jobs.ts";
import { say } from "../../gen/host/terminal.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { buildSimulator } from "../dut/verilator/build.ts";
import { findToolchain, type Toolchain } from "../dut/verilator/tools.ts";
import { projectSources, sourcesIn, type Source } from "./designs.ts";
import { recordsOf, type Records } from "./records.ts";
import { writtenSentence } from "../report-files.ts";
import { exhaustiveReport, updateReport } from "./report.ts";
import type { ExhaustiveUnit } from "./schema.ts";
import { runUnit, type UnitResult } from "./unit.ts";
import type { Spaces } from "./space.ts";
import { failureReport, rate, thousands, verdict } from "./words.ts";

/** `npm run sim -- --exhaustive`, as it was asked for. */
export interface ExhaustiveOptions {
  readonly unit: string | undefined;
  /** One slice only, which leaves no report. */
  readonly slice: number | undefined;
  readonly rtl: string | undefined;
  readonly out: string | undefined;
  readonly jobs: number;
  readonly timeLimitMs: number;
}

/** Tries every input of every unit that was asked for, reports, and says whether all agreed. */
export async function runExhaustive(options: ExhaustiveOptions, spaces: Spaces): Promise<boolean> {
  const { rtl, jobs } = options;
  const report = reportFolder(options);
  const sources =
    rtl === undefined ? projectSources(options.unit, spaces) : sourcesIn(resolve(rtl), options.unit, spaces);
  checkSlice(options.slice, sources);
  const tools = await findToolchain(options.timeLimitMs);
  say(`${sources.length} units, ${jobs} simulators side by side; building what is not built yet`);
  const programs = await buildAll(sources, tools, jobs);
  const records: Records[] = [];
  const units = sources.map(({ subject }, index) => ({
    title: subject.entry.name,
    run: (progress: Progress) => {
      const program = programs[index] ?? "";
      const kept = options.slice === undefined ? recordsOf(subject, program) : undefined;
      if (kept !== undefined) records.push(kept);
      return runOne({ subject, program, kept }, options, progress);
    },
    describe: verdict,
  }));
  const results = await runJobs(units, 1);
  const failed = results.filter(({ failure }) => failure !== undefined);
  for (const result of failed) say(`\n${failureReport(result, rtl)}`);
  say(`\n${summary(results)}`);
  if (failed.length > 0) return false;
  if (report !== undefined) {
    const known = (rtl === undefined ? projectSources(undefined, spaces) : sources).map(
      ({ subject }) => subject.entry.name,
    );
    const changed = updateReport(
      report,
      results.map((result) => entryOf(result, tools, jobs)),
      known,
    );
    say(writtenSentence(report, changed));
  }
  for (const kept of records) kept.clear();
  return true;
}

function reportFolder({ slice, rtl, out }: ExhaustiveOptions): string | undefined {
  if (slice !== undefined) {
    if (out !== undefined) throw new UserError("--out does not go with --slice: only a complete run has a report");
    return undefined;
  }
  if (rtl !== undefined && out === undefined) {
    throw new UserError(
      "--exhaustive --rtl needs --out FOLDER; reports/ holds the report of the project's designs only",
    );
  }
  const folder = resolve(out ?? reportsFolder);
  exhaustiveReport.find(folder); // A report that cannot be renewed is told of now, not after the run.
  return folder;
}

function checkSlice(slice: number | undefined, sources: readonly Source[]): void {
  for (const { subject } of sources) {
    const { slices } = subject.space;
    if (slice === undefined || slice < slices) continue;
    const range = slices === 1 ? "slice 0 only" : `slices 0 to ${slices - 1}`;
    throw new UserError(`--slice ${slice}: ${subject.entry.name} has ${range}; choose one of these, or another --unit`);
  }
}

function buildAll(sources: readonly Source[], tools: Toolchain, jobs: number): Promise<string[]> {
  const limit = pLimit(jobs);
  return Promise.all(
    sources.map(({ subject, folder }) => limit(() => buildSimulator(subject.entry, folder, "plain", tools))),
  );
}

interface Ready {
  readonly subject: Source["subject"];
  readonly program: string;
  readonly kept: Records | undefined;
}

function runOne(
  { subject, program, kept }: Ready,
  options: ExhaustiveOptions,
  progress: Progress,
): Promise<UnitResult> {
  const { space } = subject;
  const slices = options.slice === undefined ? Array.from({ length: space.slices }, (_, i) => i) : [options.slice];
  return runUnit({
    subject,
    program,
    slices,
    jobs: options.jobs,
    timeLimitMs: options.timeLimitMs,
    records: kept,
    onProgress: (finished, tried, seconds) => {
      const done = finished / slices.length;
      const left = tried === 0 || done === 1 ? "" : `, ${Math.ceil((seconds / done) * (1 - done))} s left`;
      progress(done, `${rate((tried * space.pairs) / space.slices, seconds)}${left}`);
    },
  });
}

function entryOf({ subject, pairs, seconds, checksum }: UnitResult, tools: Toolchain, jobs: number): ExhaustiveUnit {
  const { entry, space } = subject;
  return {
    name: entry.name,
    unit: entry.unit,
    specHash: entry.specHash,
    tools: { verilator: tools.verilator.version, compiler: tools.compiler.version },
    operands: space.operands,
    width: space.width,
    pairs,
    mismatches: 0,
    checksum: checksum ?? "",
    measured: { seconds: Number(seconds.toPrecision(4)), simulators: Math.min(jobs, space.slices) },
  };
}

function summary(results: readonly UnitResult[]): string {
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  const inputs = thousands(results.reduce((sum, { pairs }) => sum + pairs, 0));
  const what = `${results.length} units on ${inputs} inputs`;
  return failed === 0 ? `${what}: all agree with the golden model` : `${what}: ${failed} of ${results.length} failed`;
}
