import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { cacheFolder, readIfExists, writeWhole } from "./files.ts";

/** SHA-256 of the parts, each framed by its length so that no two lists of parts run together. */
export function contentHash(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}

/** Of the sources in folders and those below them: for results that depend on what this project computes. */
export function sourcesHash(folders: readonly string[]): string {
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
      .sort()
      .map((name) => readFileSync(join(folder, name), "utf8")),
  );
  return contentHash(...texts);
}

/**
 * The text stored under `kind` and `key`, or what `produce` makes, which is then stored.
 * `key` is a `contentHash` of everything that the result depends on. An entry carries its own checksum:
 * one that was truncated or altered is dropped and made again, never believed.
 */
export async function cached(kind: string, key: string, produce: () => Promise<string>): Promise<string> {
  const found = recall(kind, key);
  if (found !== undefined) return found;
  const body = await produce();
  remember(kind, key, body);
  return body;
}

/** As `cached`, of values that a schema describes. */
export async function cachedValue<T>(
  kind: string,
  key: string,
  schema: z.ZodType<T>,
  produce: () => Promise<T>,
): Promise<T> {
  const text = await cached(kind, key, async () => JSON.stringify(await produce()));
  return schema.parse(JSON.parse(text));
}

/** The half of `cached` that reads: for results of which many are made in one go. */
export function recall(kind: string, key: string): string | undefined {
  const path = join(cacheFolder(), kind, key);
  const stored = readIfExists(path);
  if (stored === undefined) return undefined;
  const body = stored.slice(65);
  if (stored.slice(0, 65) === `${contentHash(body)}\n`) return body;
  rmSync(path, { force: true });
  return undefined;
}

/** The half of `cached` that writes. */
export function remember(kind: string, key: string, body: string): void {
  writeWhole(join(cacheFolder(), kind, key), `${contentHash(body)}\n${body}`);
}
