import { rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writePlain } from "../../gen/host/files.ts";
import type { Icarus } from "../../gen/host/icarus.ts";
import { run, type RunResult } from "../../gen/host/run.ts";
import { mapOf, oneByOne, runStage, type Stage } from "../../gen/host/stage.ts";
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

/** What Icarus reads: sources and delays, and the inputs of each vector. */
interface IcarusInput {
  readonly job: TimedJob;
  readonly files: Readonly<Record<string, string>>;
  readonly inputs: readonly string[];
}

const timedSimulation = (
  icarus: Icarus,
  onVector: (vector: number) => void,
): Stage<IcarusInput, readonly TimedCounts[]> => ({
  name: "glitches",
  source: import.meta.url,
  schema: z.array(z.object({ all: mapOf(z.number()), settled: mapOf(z.number()) })).readonly(),
  key: ({ job, files, inputs }) => [
    icarus.iverilog.version,
    icarus.vvp.version,
    ...Object.entries(files).flat(),
    job.stimulus.counted.join(""),
    ...inputs,
  ],
  run: oneByOne((input) => simulateAll(icarus, input, onVector)),
});

/**
 * Simulates a netlist with its delays in Icarus, one vector of the stimulus after another, and counts what its nets do in the cycles
 * that count.
 * @throws UserError when a tool fails, or does not take a delay
 */
export function simulateTimed(
  icarus: Icarus,
  job: TimedJob,
  onVector: (vector: number) => void,
): Promise<readonly TimedCounts[]> {
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
  return runStage(timedSimulation(icarus, onVector), { job, files, inputs });
}

async function simulateAll(
  { iverilog, vvp }: Icarus,
  { job: { plain, delays, stimulus, periodPs, timeoutMs }, files, inputs }: IcarusInput,
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
