import { rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { cachedValue, contentHash } from "../../gen/host/cache.ts";
import { writePlain } from "../../gen/host/files.ts";
import type { Icarus } from "../../gen/host/icarus.ts";
import { run, type RunResult } from "../../gen/host/run.ts";
import { howItEnded } from "../../gen/host/tool.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { withScratch } from "../../gen/host/scratch.ts";
import type { Stimulus } from "../workload/stimulus.ts";
import { benchVerilog, inputMemory, timedClock, type PlainNetlist } from "./bench.ts";
import { inParts, pathsInParts } from "./parts.ts";
import { printSdf, type Delays } from "./sdf.ts";
import { countVcd, type TimedCounts } from "./vcd.ts";

export interface TimedJob {
  readonly plain: PlainNetlist;
  /** The cells' Verilog. */
  readonly models: string;
  /** Undefined for a simulation without delays. */
  readonly delays: Delays | undefined;
  readonly stimulus: Stimulus;
  readonly periodPs: number;
  /** Of each run of a tool. */
  readonly timeoutMs: number;
}

/** Raise it when the counts are made otherwise. */
const counting = "1";

const countsSchema = z.array(z.record(z.string(), z.tuple([z.number(), z.number()])));

/**
 * Simulates a netlist with its delays in Icarus, one vector of the stimulus after another, and counts what its nets do in the cycles
 * that count. Results are cached by everything that Icarus reads.
 * @throws UserError when a tool fails, or does not take a delay
 */
export async function simulateTimed(
  icarus: Icarus,
  job: TimedJob,
  onVector: (vector: number) => void,
): Promise<TimedCounts[]> {
  const { plain, models, delays, stimulus } = job;
  const paths = pathsInParts(plain.netlist);
  const files = {
    "cells.v": models,
    "netlist.v": inParts(plain.netlist),
    "bench.v": benchVerilog(plain, stimulus, timedClock(job.periodPs), delays?.inputs),
    ...(delays === undefined
      ? {}
      : { "delays.sdf": printSdf(delays.cells, (instance) => paths.get(instance) ?? instance) }),
  };
  const inputs = Array.from({ length: stimulus.vectors }, (_, vector) => inputMemory(stimulus, vector));
  const versions = [icarus.iverilog.version, icarus.vvp.version];
  const counted = stimulus.counted.join("");
  const key = contentHash(counting, ...versions, ...Object.entries(files).flat(), counted, ...inputs);
  const stored = await cachedValue("glitches", key, countsSchema, async () => {
    const counts = await simulateAll(icarus, job, files, inputs, onVector);
    return counts.map(({ all, settled }) =>
      Object.fromEntries([...all].map(([net, changes]) => [net, [changes, settled.get(net) ?? 0] as const])),
    );
  });
  return stored.map((nets) => ({
    all: new Map(Object.entries(nets).map(([net, [all]]) => [net, all])),
    settled: new Map(Object.entries(nets).map(([net, [, settled]]) => [net, settled])),
  }));
}

async function simulateAll(
  { iverilog, vvp }: Icarus,
  { plain, delays, stimulus, periodPs, timeoutMs }: TimedJob,
  files: Readonly<Record<string, string>>,
  inputs: readonly string[],
  onVector: (vector: number) => void,
): Promise<TimedCounts[]> {
  return withScratch(async (folder) => {
    for (const [name, text] of Object.entries(files)) writePlain(join(folder, name), text);
    const options = ["-g2005", "-Ttyp", delays === undefined ? "-gno-specify" : "-gspecify", "-s", "bench"];
    const sources = Object.keys(files).filter((name) => name.endsWith(".v"));
    // Icarus puts the path of its temporary files into a command line of a shell.
    const limits = { timeoutMs, cwd: folder, env: { TMPDIR: "." } };
    check(await run(iverilog.program, [...options, "-o", "bench.vvp", ...sources], limits), plain, "compiling");
    const counts: TimedCounts[] = [];
    for (const [vector, memory] of inputs.entries()) {
      onVector(vector);
      writePlain(join(folder, "inputs.mem"), memory);
      check(await run(vvp.program, ["-n", "bench.vvp"], limits), plain, "simulating");
      const recorded = join(folder, "nets.vcd");
      counts.push(await countVcd(recorded, timedClock(periodPs), stimulus.counted));
      rmSync(recorded);
    }
    return counts;
  });
}

/** Icarus goes on after a delay that it cannot place and exits with 0: whatever it says is a failure. */
function check(result: RunResult, { netlist }: PlainNetlist, doing: string): void {
  const purpose = `${doing} ${netlist.name} with its delays`;
  if (result.status === "timeout") {
    throw new UserError(
      `Icarus was killed at its time limit after ${result.seconds.toFixed(0)} s while ${purpose}; allow it more with --time-limit`,
    );
  }
  const said = `${result.stdout}\n${result.stderr}`.split("\n").filter((line) => !/^(VCD info:.*|\s*)$/.test(line));
  if (result.status === "ok" && said.length === 0) return;
  const words = said.slice(0, 2).join(" ").slice(0, 300);
  throw new UserError(
    `Icarus ${howItEnded(result)} while ${purpose}${words === "" ? "" : ` (${words})`}; run it again, or set FLARE_IVERILOG and FLARE_VVP to another version`,
  );
}
