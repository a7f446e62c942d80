import { rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { contentHash, recall, remember } from "../../gen/host/cache.ts";
import { cacheFolder } from "../../gen/host/files.ts";
import type { Proof } from "./proof.ts";
import type { Result } from "./prove.ts";
import { factSchema, sizeSchema } from "./schema.ts";
import { problemHash } from "./script.ts";

const kind = "formal";

/** What the solver found; the words around it are those of the proof. */
const foundSchema = z.strictObject({
  outcome: z.strictObject({
    kind: z.literal("proved"),
    size: sizeSchema,
    refuted: z.strictObject({ property: z.string(), cycle: z.number().int(), facts: z.array(factSchema) }),
  }),
  seconds: z.number().nonnegative(),
});

/** By all that Yosys is given, and by Yosys. */
const keyOf = (proof: Proof, yosys: string): string => contentHash(problemHash(proof), yosys);

/** What an earlier run that was interrupted has found of the same problem; one that is not whole is not believed. */
export function findResult(proof: Proof, yosys: string): Result | undefined {
  const stored = recall(kind, keyOf(proof, yosys));
  const found = stored === undefined ? undefined : foundSchema.safeParse(JSON.parse(stored)).data;
  return found && { proof, ...found };
}

export function keepResult({ proof, outcome, seconds }: Result, yosys: string): void {
  remember(kind, keyOf(proof, yosys), JSON.stringify({ outcome, seconds }));
}

/** Once a run is complete the next one starts afresh. */
export function dropResult({ proof }: Result, yosys: string): void {
  rmSync(join(cacheFolder(), kind, keyOf(proof, yosys)), { force: true });
}
