import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "../../../gen/host/cache.ts";
import type { Icarus } from "../../../gen/host/icarus.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { cachedArtifact } from "../artifact.ts";
import { callTool } from "../call-tool.ts";
import { portsOf } from "../ports.ts";
import { sourcesOf } from "../sources.ts";
import { benchModule, benchText } from "./bench.ts";

/** Compiles a design and its bench; the path of what vvp runs. The second call with the same sources finds it in the cache. */
export async function buildIcarus(
  entry: ModuleEntry,
  folder: string,
  tools: Icarus,
  timeLimitMs: number,
): Promise<string> {
  const bench = benchText(entry.name, portsOf(entry));
  const sources = sourcesOf(entry, folder);
  const { program, version } = tools.iverilog;
  const key = contentHash(program, version, bench, ...sources.map(({ text }) => text));
  return cachedArtifact("icarus", key, "design.vvp", async (made) => {
    const benchPath = join(made, "bench.v");
    writeFileSync(benchPath, bench);
    await callTool(
      program,
      [
        ...["-g2012", "-s", benchModule, "-o", join(made, "design.vvp")],
        ...[...sources.map(({ path }) => path), benchPath],
      ],
      timeLimitMs,
      `cannot compile ${entry.name} for Icarus`,
    );
  });
}
