import { join } from "node:path";
import { contentHash } from "../../../gen/host/cache.ts";
import { writePlain } from "../../../gen/host/files.ts";
import type { Icarus } from "../../../gen/host/icarus.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { cachedArtifact } from "../artifact.ts";
import { callTool } from "../call-tool.ts";
import { portsOf } from "../ports.ts";
import { placeSources, sourcesOf } from "../sources.ts";
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
  const key = contentHash("in its folder", program, version, bench, ...sources.map(({ text }) => text));
  return cachedArtifact("icarus", key, "design.vvp", async (made) => {
    writePlain(join(made, "icarus_bench.v"), bench);
    const files = [...placeSources(sources, made), "icarus_bench.v"];
    await callTool(program, ["-g2012", "-s", benchModule, "-o", "design.vvp", ...files], {
      timeLimitMs,
      folder: made,
      purpose: `cannot compile ${entry.name} for Icarus`,
    });
  });
}
