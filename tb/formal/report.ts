import { join } from "node:path";
import { ensureFolder, readIfExists, writeIfChanged } from "../../gen/host/files.ts";
import { printStored, readStored } from "../../gen/host/stored.ts";
import { renderFormal } from "./render.ts";
import { formalSchema, type Formal, type ProofRecord } from "./schema.ts";

/** The text of `formal.json`. */
export function printFormal(report: Formal): string {
  return printStored(formalSchema, report);
}

export function readFormal(path: string): Formal {
  return readStored(
    path,
    formalSchema,
    "is no report of formal proofs",
    "remove it, and make it again with `npm run formal`",
  );
}

/** What a folder's report holds so far; a `UserError` where it cannot be read, or where there can be none. */
export function proofsReported(folder: string): readonly ProofRecord[] {
  ensureFolder(folder);
  const path = join(folder, "formal.json");
  return readIfExists(path) === undefined ? [] : readFormal(path).proofs;
}

/**
 * Brings the report in a folder up to date with proofs that were just made; the other proofs of `known` keep their entries. Says
 * how many of the two files changed.
 */
export function updateReport(folder: string, fresh: Formal, known: readonly string[]): number {
  const before = proofsReported(folder);
  const proofs = known.flatMap((name) => {
    const old = before.find((proof) => proof.name === name);
    const now = fresh.proofs.find((proof) => proof.name === name) ?? old;
    return now === undefined ? [] : [withEarlierTime(now, old)];
  });
  const report = { ...fresh, proofs };
  const files = [
    ["formal.json", printFormal(report)],
    ["formal.md", renderFormal(report)],
  ] as const;
  return files.filter(([name, text]) => writeIfChanged(join(folder, name), text)).length;
}

/** No two runs take the same time: without news in the rest, the earlier figure stands. */
function withEarlierTime(now: ProofRecord, old: ProofRecord | undefined): ProofRecord {
  if (old === undefined) return now;
  const sameAgain = { ...now, measured: old.measured };
  return JSON.stringify(sameAgain) === JSON.stringify(old) ? old : now;
}
