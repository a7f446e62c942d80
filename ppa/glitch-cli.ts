import { join, resolve } from "node:path";
import { rtlFolder } from "../gen/catalog.ts";
import { command, runCommand, wholeNumber, timeLimitOption, timeoutOption } from "../gen/host/command.ts";
import { projectRoot } from "../gen/host/files.ts";
import { UserError } from "../gen/host/user-error.ts";
import { runGlitches } from "./glitch/run.ts";
import { defaultSeed, parseWorkload, workloadNames } from "./workload/workload.ts";

const description = `Measures what simulation without delays leaves out of transitions and power: the netlists of osu018's reports, in
Icarus Verilog with OpenSTA's delays. Writes glitches.json and glitches.md.`;

await runCommand("glitches", async () => {
  const options = command("glitches", description)
    .option("--unit <names>", "modules (flare_bf16_x8), comma-separated (default: all that have a report)")
    .option("--workload <name>", `what the netlists work on: ${workloadNames}`, "attention")
    .option("--seed <n>", "seed of the workload", wholeNumber("--seed", 0, 2 ** 31 - 1), defaultSeed)
    .option("--vectors <count>", "vectors simulated of each unit", wholeNumber("--vectors", 1, 32), 2)
    .option("--rtl <folder>", "where the designs' manifest.json is (default: rtl/)")
    .option("--reports <folder>", "where `npm run ppa` wrote its reports (default: reports/)")
    .option("--out <folder>", "where the report goes (default: reports/)")
    .option("--jobs <count>", "units at once", wholeNumber("--jobs", 1, 64), 2)
    .addOption(timeLimitOption(900, "each run of a tool"))
    .addOption(timeoutOption)
    .parse()
    .opts();
  const reports = join(projectRoot, "reports");
  const isWhole = options.unit === undefined && options.rtl === undefined && options.reports === undefined;
  if (!isWhole && options.out === undefined) {
    throw new UserError(
      "--unit, --rtl and --reports need --out FOLDER; reports/ holds the report of the whole catalogue only",
    );
  }
  await runGlitches({
    units: options.unit?.split(",").map((name) => name.trim()) ?? [],
    workload: parseWorkload(options.workload),
    seed: options.seed,
    vectors: options.vectors,
    rtlFolder: resolve(options.rtl ?? rtlFolder),
    reportFolder: resolve(options.reports ?? reports),
    outFolder: resolve(options.out ?? reports),
    jobs: options.jobs,
    timeoutMs: (options.timeout ?? options.timeLimit) * 1000,
  });
});
