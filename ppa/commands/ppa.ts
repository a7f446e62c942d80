import { InvalidArgumentError } from "@commander-js/extra-typings";
import { resolve } from "node:path";
import { defineCommand, listOf } from "../../gen/host/command.ts";
import { reportsFolder, rtlFolder } from "../../gen/host/files.ts";
import {
  jobsOption,
  outOption,
  rtlOption,
  seedOption,
  timeLimitOption,
  timeoutOption,
} from "../../gen/host/options.ts";
import { runPpa, tightenBounds } from "../run.ts";
import { axisExamples, parseAxis } from "../sweep/axes.ts";
import type { Wires } from "../tech/select.ts";
import { workloadNames } from "../workload/workload.ts";

/** Values that may also be joined with commas. */
const list = listOf((text) => text.split(",").map((item) => item.trim()));

/** Workloads, of which a trace's path may hold commas. */
const workloads = listOf((text) => {
  const names: string[] = [];
  for (const item of text.split(",")) {
    const path = names.at(-1);
    const goesOn =
      path?.startsWith("trace:") === true && !/^(uniform|attention|dense|sparsity|trace)\b/.test(item.trim());
    if (goesOn) names.splice(-1, 1, `${path},${item}`);
    else names.push(item.trim());
  }
  return names;
});

const repeatable = listOf((text) => [text]);

function megahertz(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value <= 0) {
    throw new InvalidArgumentError(`a frequency is a positive number of MHz, not "${text}"`);
  }
  return value;
}

function wires(text: string): Wires {
  if (text === "none" || text === "fanout") return text;
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > 1000) {
    throw new InvalidArgumentError(`wires are none, fanout, or up to 1000 fF for each pin driven, not "${text}"`);
  }
  return value;
}

export const command = defineCommand(
  "npx flare ppa",
  "Synthesise the generated cores, time them, measure their power, and write reports/.",
  (program) =>
    program
      .option(
        "--unit <names>",
        "units (relu, flare, ...) or modules (flare_bf16_x8), comma-separated (default: all)",
        list,
      )
      .option(
        "--tech <names>",
        "technologies, comma-separated; `all` takes every one that is found (default: osu018)",
        list,
      )
      .option(
        "--liberty <file>",
        "a Liberty file of your own in place of --tech; repeat it for a library in parts",
        repeatable,
      )
      .option(
        "--target-mhz <MHz>",
        "look for the smallest netlist that reaches this, instead of the fastest",
        megahertz,
      )
      .option(
        "--workload <names>",
        `what the netlists work on for power and energy, comma-separated: ${workloadNames} (default: attention,uniform,dense)`,
        workloads,
      )
      .option(
        "--sweep <axis=values>",
        `measure designs made anew for every value, ${axisExamples}; repeat it for every combination; with --unit`,
        repeatable,
      )
      .addOption(seedOption("the workloads", 2 ** 31 - 1))
      .option(
        "--wires <model>",
        "none, fanout (the technology's capacitance for each pin that a net drives) or femtofarads for each; reports get names of their own",
        wires,
        "none",
      )
      .option("--tighten", "measure nothing; move the bounds of rules.json up to what the reports say")
      .addOption(rtlOption)
      .option(
        "--netlists <folder>",
        "measure nothing; write the mapped netlists there, with models of their cells, for `npm run sim -- --rtl <folder>`",
      )
      .addOption(outOption)
      .addOption(jobsOption("tool processes"))
      .addOption(timeLimitOption(900, "each run of a tool"))
      .addOption(timeoutOption),
  async (options) => {
    const reportFolder = resolve(options.out ?? reportsFolder);
    if (options.tighten === true) {
      tightenBounds(reportFolder);
      return;
    }
    await runPpa({
      units: options.unit ?? [],
      technologies: options.tech,
      liberty: (options.liberty ?? []).map((path) => resolve(path)),
      targetMHz: options.targetMhz,
      workloads: options.workload,
      sweep: (options.sweep ?? []).map(parseAxis),
      seed: options.seed,
      wires: options.wires,
      rtlFolder: resolve(options.rtl ?? rtlFolder),
      reportFolder,
      netlistFolder: options.netlists === undefined ? undefined : resolve(options.netlists),
      jobs: options.jobs,
      timeoutMs: options.timeLimit * 1000,
    });
  },
);
