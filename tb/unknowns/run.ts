import { shellWord } from "../../gen/host/command.ts";
import { resolve } from "node:path";
import { reportsFolder, rtlFolder } from "../../gen/host/files.ts";
import { findIcarus, type Icarus } from "../../gen/host/icarus.ts";
import { runJobs } from "../../gen/host/jobs.ts";
import { say } from "../../gen/host/terminal.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { readManifest, type ModuleEntry } from "../../gen/manifest.ts";
import type { Judge } from "../check/judge.ts";
import { selectModules } from "../check/select.ts";
import { writtenSentence } from "../report-files.ts";
import { unknownsReport, updateReport } from "./report.ts";
import type { UnknownsModule } from "./schema.ts";
import { tryModule, type Subject, type Tried } from "./try-module.ts";
import { failureText, verdict } from "./words.ts";

/** `npm run unknowns`, as it was asked for. */
export interface UnknownsOptions {
  readonly unit: string | undefined;
  readonly seed: number;
  readonly vectors: number;
  readonly rtl: string | undefined;
  /** A folder of netlists; undefined: none are tried. */
  readonly gates: string | undefined;
  readonly out: string | undefined;
  readonly jobs: number;
  readonly timeLimitMs: number;
}

/** Tries every module that was asked for, reports, and says whether none gave an X and no reset left a trace. */
export async function runUnknowns(options: UnknownsOptions, judge: Judge): Promise<boolean> {
  const { seed, vectors, timeLimitMs, jobs } = options;
  const report = reportFolder(options);
  const folder = resolve(options.rtl ?? rtlFolder);
  const subjects = subjectsOf(options, folder);
  const icarus = await findIcarus(timeLimitMs);
  const results = await runJobs(
    subjects.map((subject) => ({
      title: `${subject.entry.name} (${subject.level})`,
      run: (onProgress) => tryModule(subject, { judge, icarus, seed, vectors, timeLimitMs, onProgress }),
      describe: verdict,
    })),
    jobs,
  );
  const failed = results.filter(({ failure }) => failure !== undefined);
  for (const result of failed) say(`\n${failureText(result, options)}`);
  say(
    `\n${results.length} modules: ${failed.length === 0 ? "no X came out, no reset left a trace" : `${failed.length} of ${results.length} failed`}`,
  );
  if (failed.length > 0) return false;
  const changed = updateReport(
    report,
    results.map((result) => entryOf(result, icarus, seed)),
    readManifest(folder).modules,
  );
  say(writtenSentence(report, changed));
  return true;
}

function reportFolder({ rtl, out }: UnknownsOptions): string {
  if (rtl !== undefined && out === undefined) {
    throw new UserError("--rtl needs --out FOLDER; reports/ holds the report of the catalogue only");
  }
  const folder = resolve(out ?? reportsFolder);
  unknownsReport.find(folder); // A report that cannot be renewed is told of now, not after the run.
  return folder;
}

function subjectsOf({ unit, gates }: UnknownsOptions, folder: string): readonly Subject[] {
  const modules = readManifest(folder).modules;
  const texts = selectModules({ modules }, unit).map((entry) => ({ entry, folder, level: "rtl" }));
  if (gates === undefined) return texts;
  const gatesFolder = resolve(gates);
  const netlists = readManifest(gatesFolder).modules.filter(({ name }) =>
    texts.some(({ entry }) => entry.name === name),
  );
  if (netlists.length === 0) {
    const asked = texts.map(({ entry }) => entry.name).join(", ");
    throw new UserError(
      `${gates} has no netlist of ${asked}; make them with \`npm run ppa -- --netlists ${shellWord(gates)}\``,
    );
  }
  for (const { name, specHash } of netlists) {
    if (modules.some((entry) => entry.name === name && entry.specHash === specHash)) continue;
    throw new UserError(
      `the netlist of ${name} in ${gates} is of another design than that in ${folder}; make it again with \`npm run ppa -- --netlists ${shellWord(gates)}\``,
    );
  }
  return [...texts, ...netlists.map((entry) => ({ entry, folder: gatesFolder, level: levelOf(entry) }))];
}

/** The technology, which the file of its cells is called after. */
function levelOf({ name, files }: ModuleEntry): string {
  const technology = files.flatMap((file) => /^(\w+)_cells\.v$/.exec(file)?.[1] ?? [])[0];
  if (technology !== undefined) return technology;
  throw new UserError(`${name} has no file of cells, so it is no netlist; make one with \`npm run ppa -- --netlists\``);
}

function entryOf(
  { subject, elements, counts, comparisons, seconds }: Tried,
  icarus: Icarus,
  seed: number,
): UnknownsModule {
  const { entry, level } = subject;
  return {
    name: entry.name,
    unit: entry.unit,
    level,
    specHash: entry.specHash,
    icarus: icarus.iverilog.version,
    seed,
    elements,
    cycles: counts.cycles,
    resets: counts.resets,
    comparisons,
    beats: counts.beats,
    unknownInputBits: counts.unknownBits,
    knownOutputBits: counts.checkedBits,
    unknownOutputBits: 0,
    measured: { seconds: Number(seconds.toPrecision(3)) },
  };
}
