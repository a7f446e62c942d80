import { join, relative, resolve } from "node:path";
import { projectRoot } from "../../gen/host/files.ts";
import { yosysVersion } from "../../gen/host/yosys.ts";
import { runJobs } from "../progress.ts";
import type { Proof } from "./proof.ts";
import { allProofs, proofsNamed } from "./proofs.ts";
import { prove, type Result } from "./prove.ts";
import { recordOf } from "./record.ts";
import { dropRecord, findRecord, keepRecord } from "./records.ts";
import { proofsReported, updateReport } from "./report.ts";
import type { ProofRecord } from "./schema.ts";
import { problemHash } from "./script.ts";
import { failureReport, recordLine, summary, verdictLine } from "./words.ts";

/** `npm run formal`, as it was asked for. */
export interface FormalOptions {
  /** What a proof's name must contain. */
  readonly only: string | undefined;
  readonly out: string | undefined;
  readonly jobs: number;
  /** For each proof, with its twin. */
  readonly timeLimitMs: number;
}

/** What was found now, or by an earlier run that was interrupted. */
type Found = { readonly record: ProofRecord } | { readonly failed: Result };

/** Proves what was asked for, reports, and says whether nothing failed. */
export async function runFormal(options: FormalOptions): Promise<boolean> {
  const out = resolve(options.out ?? join(projectRoot, "reports"));
  proofsReported(out); // A report that cannot be renewed is told of now, not after the run.
  const all = allProofs();
  const yosys = yosysVersion();
  const jobs = proofsNamed(options.only, all).map((proof) => ({
    title: proof.name,
    run: () => find(proof, yosys, options.timeLimitMs),
    describe: (found: Found) => ("failed" in found ? verdictLine(found.failed) : recordLine(found.record)),
  }));
  const found = await runJobs(jobs, options.jobs);
  const failed = found.flatMap((one) => ("failed" in one ? [one.failed] : []));
  const records = found.flatMap((one) => ("record" in one ? [one.record] : []));
  for (const result of failed) console.log(`\n${failureReport(result)}`);
  console.log(`\n${summary(records.length, failed.length)}`);
  if (failed.length > 0) return false;
  const known = all.map(({ name }) => name);
  const changed = updateReport(out, { tools: { yosys }, proofs: records }, known);
  console.log(`2 files in ${relative(".", out) || "."}, ${changed} of them changed`);
  for (const record of records) dropRecord(record, yosys);
  return true;
}

async function find(proof: Proof, yosys: string, timeLimitMs: number): Promise<Found> {
  const earlier = findRecord(problemHash(proof), yosys);
  if (earlier !== undefined) return { record: earlier };
  const result = await prove(proof, timeLimitMs);
  const record = recordOf(result);
  if (record === undefined) return { failed: result };
  keepRecord(record, yosys);
  return { record };
}
