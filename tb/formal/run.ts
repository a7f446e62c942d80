import { resolve } from "node:path";
import { reportsFolder } from "../../gen/host/files.ts";
import { runJobs } from "../../gen/host/jobs.ts";
import { say } from "../../gen/host/terminal.ts";
import { yosysVersion } from "../../gen/host/yosys.ts";
import type { Proof } from "./proof.ts";
import { proofsNamed } from "./proofs.ts";
import { prove, type Result } from "./prove.ts";
import { recordsOf } from "./record.ts";
import { dropResult, findResult, keepResult } from "./records.ts";
import { writtenSentence } from "../report-files.ts";
import { formalReport, updateReport } from "./report.ts";
import { failureReport, summary, verdictLine } from "./words.ts";

/** `npm run formal`, as it was asked for. */
export interface FormalOptions {
  /** What a proof's name must contain. */
  readonly only: string | undefined;
  readonly out: string | undefined;
  readonly jobs: number;
  /** For each proof, with its twin. */
  readonly timeLimitMs: number;
}

/** Proves what was asked for, reports, and says whether nothing failed. */
export async function runFormal(options: FormalOptions, all: readonly Proof[]): Promise<boolean> {
  const out = resolve(options.out ?? reportsFolder);
  formalReport.find(out); // A report that cannot be renewed is told of now, not after the run.
  const yosys = yosysVersion();
  const jobs = proofsNamed(options.only, all).map((proof) => ({
    title: proof.name,
    run: () => resultOf(proof, yosys, options.timeLimitMs),
    describe: verdictLine,
  }));
  const results = await runJobs(jobs, options.jobs);
  const failed = results.filter(({ outcome }) => outcome.kind === "failed");
  for (const result of failed) say(`\n${failureReport(result)}`);
  say(`\n${summary(results.length - failed.length, failed.length)}`);
  if (failed.length > 0) return false;
  const known = all.map(({ name }) => name);
  const changed = updateReport(out, { tools: { yosys }, proofs: results.flatMap(recordsOf) }, known);
  say(writtenSentence(out, changed));
  for (const result of results) dropResult(result, yosys);
  return true;
}

/** Of now, or of an earlier run that was interrupted. */
async function resultOf(proof: Proof, yosys: string, timeLimitMs: number): Promise<Result> {
  const earlier = findResult(proof, yosys);
  if (earlier !== undefined) return earlier;
  const result = await prove(proof, timeLimitMs);
  if (result.outcome.kind === "proved") keepResult(result, yosys);
  return result;
}
