import { resolve } from "node:path";
import { defineCommand, wholeNumber } from "../../gen/host/command.ts";
import { reportsFolder, rtlFolder } from "../../gen/host/files.ts";
import {
  jobsOption,
  outOption,
  rtlOption,
  seedOption,
  timeLimitOption,
  timeoutOption,
} from "../../gen/host/options.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { runGlitches } from "../glitch/run.ts";
import { parseWorkload, workloadNames } from "../workload/workload.ts";

const description = `Measures what simulation without delays leaves out of transitions and power: the netlists of osu018's reports, in
Icarus Verilog with OpenSTA's delays. Writes glitches.json and glitches.md.`;

export const command = defineCommand(
  "npx flare glitches",
  description,
  (program) =>
    program
      .option("--unit <names>", "modules (flare_bf16_x8), comma-separated (default: all that have a report)")
      .option("--workload <name>", `what the netlists work on: ${workloadNames}`, "attention")
      .addOption(seedOption("the workload", 2 ** 31 - 1))
      .option("--vectors <count>", "vectors simulated of each unit", wholeNumber("--vectors", 1, 32), 2)
      .addOption(rtlOption)
      .option("--reports <folder>", "where `npm run ppa` wrote its reports (default: reports/)")
      .addOption(outOption)
      .addOption(jobsOption("units"))
      .addOption(timeLimitOption(900, "each run of a tool"))
      .addOption(timeoutOption),
  (options) => {
    const isWhole = options.unit === undefined && options.rtl === undefined && options.reports === undefined;
    if (!isWhole && options.out === undefined) {
      throw new UserError(
        "--unit, --rtl and --reports need --out FOLDER; reports/ holds the report of the whole catalogue only",
      );
    }
    return runGlitches({
      units: options.unit?.split(",").map((name) => name.trim()) ?? [],
      workload: parseWorkload(options.workload),
      seed: options.seed,
      vectors: options.vectors,
      rtlFolder: resolve(options.rtl ?? rtlFolder),
      reportFolder: resolve(options.reports ?? reportsFolder),
      outFolder: resolve(options.out ?? reportsFolder),
      jobs: options.jobs,
      timeoutMs: options.timeLimit * 1000,
    });
  },
);
