import { resolve } from "node:path";
import { buildDesign } from "../../gen/design.ts";
import type { Module } from "../../gen/hdl/module.ts";
import { defineCommand, wholeNumber } from "../../gen/host/command.ts";
import { rtlFolder } from "../../gen/host/files.ts";
import { findIcarus } from "../../gen/host/icarus.ts";
import { runJobs } from "../../gen/host/jobs.ts";
import { rtlOption } from "../../gen/host/options.ts";
import { say } from "../../gen/host/terminal.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { readManifest, type ModuleEntry } from "../../gen/manifest.ts";
import { check, type CheckResult } from "../check/check.ts";
import { junitFile } from "../check/junit-file.ts";
import { failureReport, summary, type RunOptions } from "../check/report.ts";
import { selectModules } from "../check/select.ts";
import type { Simulator } from "../dut/open.ts";
import { findToolchain } from "../dut/verilator/tools.ts";
import { runExhaustive } from "../exhaustive/run.ts";
import { homes, judge } from "../families/index.ts";
import { jobsOption, seedOption, toolTimeLimit, unitOption, vectorsOption } from "./options.ts";

const description = `Checks generated SystemVerilog against the golden models, bit for bit.
Without options: every module of rtl/manifest.json, in Verilator.
With --exhaustive: every input that there is, of the elementwise cores and of FP8 designs, into reports/exhaustive.*
Exit code 0 when everything agrees, 1 otherwise.`;

export const command = defineCommand(
  "npx flare sim",
  description,
  (program) =>
    program
      .addOption(unitOption)
      .addOption(seedOption)
      .addOption(vectorsOption())
      .option(
        "--trace [folder]",
        "record a waveform (FST, or VCD without zlib) of the whole of each check, into .cache/waves or that folder; what led to a failure is recorded without it",
      )
      .option("--junit <file>", "write the results as JUnit XML too, for a CI server")
      .addOption(jobsOption)
      .addOption(rtlOption)
      .option(
        "--simulator <name>",
        "verilator; interpreter: the generator's own, without SystemVerilog; or icarus: four values, slow, X wherever an input means nothing",
        simulatorName,
        "verilator",
      )
      .addOption(toolTimeLimit(120))
      .option(
        "--exhaustive",
        "every operand or pair of operands of the elementwise cores; goes on where it was interrupted",
      )
      .option(
        "--slice <n>",
        "with --exhaustive: one of 256 slices of a unit's operands, without a report",
        wholeNumber("--slice", 0, 255),
      )
      .option("--out <folder>", "with --exhaustive: where the report goes (default: reports/)"),
  async (options, isGiven) => {
    const timeLimitMs = options.timeLimit * 1000;
    if (options.exhaustive === true) {
      const stray = ["seed", "vectors", "trace", "simulator", "junit"].find(isGiven);
      if (stray !== undefined) {
        throw new UserError(`--${stray} does not go with --exhaustive, which tries every input once, in Verilator`);
      }
      const { unit, slice, rtl, out, jobs } = options;
      return runExhaustive({ unit, slice, rtl, out, jobs, timeLimitMs }, homes);
    }
    const stray = ["slice", "out"].find(isGiven);
    if (stray !== undefined) throw new UserError(`--${stray} needs --exhaustive`);
    if (options.trace !== undefined && options.simulator !== "verilator") {
      throw new UserError(`--trace needs --simulator verilator: ${options.simulator} records no waveforms`);
    }
    const folder = resolve(options.rtl ?? rtlFolder);
    const modules = selectModules(readManifest(folder), options.unit);
    const simulator = await prepare(options.simulator, folder, timeLimitMs);
    const { seed, vectors } = options;
    const trace = options.trace !== undefined;
    const waves = typeof options.trace === "string" ? resolve(options.trace) : undefined;
    const asked: RunOptions = { seed, vectors, simulator: simulator.kind, rtl: options.rtl };
    const junit = junitFile(options.junit, modules, asked);
    const results = await runJobs(
      modules.map((entry) => ({
        title: entry.name,
        run: (onProgress) =>
          junit.noting(entry, check({ entry, judge, simulator, seed, vectors, trace, waves, onProgress })),
        describe,
      })),
      options.jobs,
    ).finally(() => {
      junit.write();
    });
    return report(results, asked);
  },
);

function simulatorName(text: string): Simulator["kind"] {
  if (text === "verilator" || text === "interpreter" || text === "icarus") return text;
  throw new UserError(`--simulator is verilator, interpreter or icarus, not "${text}"`);
}

async function prepare(kind: Simulator["kind"], folder: string, timeLimitMs: number): Promise<Simulator> {
  switch (kind) {
    case "interpreter":
      return { kind, moduleOf };
    case "icarus":
      return { kind, rtlFolder: folder, tools: await findIcarus(timeLimitMs), timeLimitMs };
    case "verilator":
      return { kind, rtlFolder: folder, tools: await findToolchain(timeLimitMs) };
    default:
      return kind satisfies never;
  }
}

/** The module that the generator printed an entry's SystemVerilog from. */
function moduleOf(entry: ModuleEntry): Module {
  const { core, axis } = buildDesign(entry.spec);
  return entry.kind === "core" ? core : axis;
}

function describe({ entry, vectors, failure, seconds, waveform }: CheckResult): string {
  const traced = waveform === undefined || failure !== undefined ? "" : `, waveform ${waveform}`;
  const verdict = failure === undefined ? "agrees with the golden model" : failure.sentence;
  return `${entry.name}: ${verdict} (${vectors} vectors, ${seconds.toFixed(1)} s${traced})`;
}

function report(results: readonly CheckResult[], asked: RunOptions): boolean {
  const failed = results.filter(({ failure }) => failure !== undefined);
  for (const result of failed) say(`\n${failureReport(result, asked)}`);
  say(`\n${summary(results, asked)}`);
  return failed.length === 0;
}
