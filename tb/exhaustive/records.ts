import { rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { contentHash, recall, remember, sourcesHash } from "../../gen/host/cache.ts";
import { cacheFolder } from "../../gen/host/files.ts";
import type { Subject } from "./space.ts";

const recordSchema = z.strictObject({
  digests: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  /** Its part of the time that all slices took, side by side as they ran. */
  seconds: z.number().nonnegative(),
});
/** A slice in which everything agreed. */
export type SliceRecord = z.infer<typeof recordSchema>;

/** The finished slices of a run that was interrupted, so that the next one goes on from there. */
export interface Records {
  find(slice: number): SliceRecord | undefined;
  keep(slice: number, record: SliceRecord): void;
  /** Forgets them all: once a run is complete the next one starts afresh. */
  clear(): void;
}

/**
 * Records are found only by those who have the same simulator (its folder is named by a hash of the SystemVerilog, the harness,
 * the tools and their options), golden model and order of operands. One that is not whole is not believed.
 */
export function recordsOf({ entry, space }: Subject, program: string): Records {
  const key = contentHash(
    basename(dirname(program)),
    entry.specHash,
    JSON.stringify([entry.latency, space]),
    judgeHash(),
  );
  const kind = join("exhaustive", key);
  return {
    find: (slice) => {
      const stored = recall(kind, String(slice));
      if (stored === undefined) return undefined;
      const { data } = recordSchema.safeParse(parsed(stored));
      return data?.digests.length === space.batches / space.slices ? data : undefined;
    },
    keep: (slice, record) => {
      remember(kind, String(slice), JSON.stringify(record));
    },
    clear: () => {
      rmSync(join(cacheFolder(), kind), { recursive: true, force: true });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of the sources that decide what is right and what is compared. */
function judgeHash(): string {
  const folders = ["../golden/", "../../gen/numeric/", "../dut/", "./"];
  return sourcesHash(folders.map((path) => fileURLToPath(new URL(path, import.meta.url))));
}
