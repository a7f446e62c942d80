import { run } from "../../../gen/host/run.ts";
import type { FoundTool } from "../../../gen/host/tool.ts";

/** How waveforms are kept: FST is compressed, VCD is text; GTKWave and Surfer read both. */
export type TraceFormat = "fst" | "vcd";

const searchTimeMs = 20_000;
const known = new Map<string, Promise<TraceFormat>>();

/** FST where the compiler finds zlib (Debian: zlib1g-dev), which Verilator's writer of it needs; else VCD. */
export function traceFormat({ program }: FoundTool): Promise<TraceFormat> {
  const found = known.get(program) ?? search(program);
  known.set(program, found);
  return found;
}

async function search(compiler: string): Promise<TraceFormat> {
  const preprocess = ["-x", "c++", "-E", "-include", "zlib.h", "/dev/null"];
  const { status } = await run(compiler, preprocess, { timeoutMs: searchTimeMs });
  return status === "ok" ? "fst" : "vcd";
}
