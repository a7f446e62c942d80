import { rmSync } from "node:fs";
import { join } from "node:path";
import { contentHash, recall, remember } from "../../gen/host/cache.ts";
import { cacheFolder } from "../../gen/host/files.ts";
import { proofSchema, type ProofRecord } from "./schema.ts";

const kind = "formal";

/** By all that Yosys is given, and by Yosys. */
const keyOf = (problemHash: string, yosys: string): string => contentHash(problemHash, yosys);

/** What an earlier run that was interrupted has found of the same problem. */
export function findRecord(problemHash: string, yosys: string): ProofRecord | undefined {
  const stored = recall(kind, keyOf(problemHash, yosys));
  return stored === undefined ? undefined : proofSchema.safeParse(JSON.parse(stored)).data;
}

export function keepRecord(record: ProofRecord, yosys: string): void {
  remember(kind, keyOf(record.problemHash, yosys), JSON.stringify(record));
}

/** Once a run is complete the next one starts afresh. */
export function dropRecord({ problemHash }: ProofRecord, yosys: string): void {
  rmSync(join(cacheFolder(), kind, keyOf(problemHash, yosys)), { force: true });
}
