import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { contentHash } from "./cache.ts";

/** Another source in the text of one, by a path of its own: imported, exported again, or started. An import of types alone computes nothing. */
const references =
  /^(?:import|export)\s+(?!type\b)[^"';]*?\bfrom\s+"(\.[^"]+)"|^import\s+"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)|\bnew URL\("([^"]+\.m?[jt]s)", import\.meta\.url\)/gm;

interface Source {
  readonly text: string;
  /** The URLs of the sources that it needs. */
  readonly needs: readonly string[];
}

const sources = new Map<string, Source>();
const hashes = new Map<string, string>();

/**
 * SHA-256 over a source of this project, given as its `import.meta.url`, and all the sources that it needs, however indirectly: the code
 * that a result depends on, which is part of its key in the cache.
 */
export function codeHash(url: string): string {
  const hash = hashes.get(url) ?? contentHash(...codeOf(url).map((needed) => sourceAt(needed).text));
  hashes.set(url, hash);
  return hash;
}

/** The URLs of a source and of all that it needs, in the order of their names. */
export function codeOf(url: string): readonly string[] {
  const found = new Set([url]);
  // A set that grows while it is walked is walked to its new end.
  for (const each of found) for (const needed of sourceAt(each).needs) found.add(needed);
  return [...found].sort();
}

function sourceAt(url: string): Source {
  const known = sources.get(url) ?? readSource(url);
  sources.set(url, known);
  return known;
}

function readSource(url: string): Source {
  const text = readFileSync(fileURLToPath(url), "utf8");
  const paths = [...text.matchAll(references)].flatMap((found) =>
    found.slice(1).filter((path: string | undefined) => path !== undefined),
  );
  return { text, needs: paths.map((path) => new URL(path, url).href) };
}
