import { join, resolve } from "node:path";
import { command, runCommand, wholeNumber } from "../gen/host/command.ts";
import { projectRoot } from "../gen/host/files.ts";
import { UserError } from "../gen/host/user-error.ts";
import { runCoverage } from "./coverage/run.ts";
import { defaultRun, mostVectors } from "./check/defaults.ts";

const description = `Runs the checks of \`npm run sim\` with coverage: lines, branches and toggles of the SystemVerilog, and bins of the
arithmetic and the protocols. Without options: every module of rtl/manifest.json, into reports/coverage.*
Exit code 0 when everything is reached or excluded with a reason, 1 otherwise.`;

const timeLimit = 600;

await runCommand("coverage", async () => {
  const { seed, vectors, jobs } = defaultRun;
  const options = command("coverage", description)
    .option("--unit <name>", "a unit (flare), a design (flare_bf16_x8) or a module (flare_bf16_x8_axis); default: all")
    .option("--seed <n>", `seed of all random stimulus (default: ${seed})`, wholeNumber("--seed", 0, 2 ** 32 - 1), seed)
    .option(
      "--vectors <n>",
      `random operand pairs, or scores of softmax, per core (default: ${vectors})`,
      wholeNumber("--vectors", 1, mostVectors),
      vectors,
    )
    .option("--jobs <n>", `modules at a time (default: ${jobs})`, wholeNumber("--jobs", 1, 64), jobs)
    .option(
      "--out <folder>",
      "where the report goes (default: reports/ for the run without other options, else nowhere)",
    )
    .option(
      "--time-limit <seconds>",
      `for each call of a tool and each answer of the simulator (default: ${timeLimit})`,
      wholeNumber("--time-limit", 1, 24 * 3600),
      timeLimit,
    )
    .parse()
    .opts();
  const isDefault = options.unit === undefined && options.seed === seed && options.vectors === vectors;
  const out = options.out ?? (isDefault ? join(projectRoot, "reports") : undefined);
  if (out !== undefined && !isDefault && resolve(out) === join(projectRoot, "reports")) {
    throw new UserError(`--out ${out}: reports/ holds the report of the default run; choose another folder`);
  }
  const { unit, timeLimit: limit } = options;
  const asked = { unit, seed: options.seed, vectors: options.vectors, jobs: options.jobs, out };
  if (!(await runCoverage({ ...asked, timeLimitMs: limit * 1000 }))) process.exitCode = 1;
});
process.exit();
