import { join, resolve } from "node:path";
import { command, runCommand } from "../gen/host/command.ts";
import { projectRoot } from "../gen/host/files.ts";
import { UserError } from "../gen/host/user-error.ts";
import { runCoverage } from "./coverage/run.ts";
import { defaultRun } from "./check/defaults.ts";
import { jobsOption, seedOption, toolTimeLimit, unitOption, vectorsOption } from "./options.ts";

const description = `Runs the checks of \`npm run sim\` with coverage: lines, branches and toggles of the SystemVerilog, and bins of the
arithmetic and the protocols. Without options: every module of rtl/manifest.json, into reports/coverage.*
Exit code 0 when everything is reached or excluded with a reason, 1 otherwise.`;

await runCommand("coverage", async () => {
  const { seed, vectors } = defaultRun;
  const options = command("coverage", description)
    .addOption(unitOption)
    .addOption(seedOption)
    .addOption(vectorsOption(vectors))
    .addOption(jobsOption)
    .option(
      "--out <folder>",
      "where the report goes (default: reports/ for the run without other options, else nowhere)",
    )
    .addOption(toolTimeLimit(600))
    .parse()
    .opts();
  const isDefault = options.unit === undefined && options.seed === seed && options.vectors === vectors;
  const out = options.out ?? (isDefault ? join(projectRoot, "reports") : undefined);
  if (out !== undefined && !isDefault && resolve(out) === join(projectRoot, "reports")) {
    throw new UserError(`--out ${out}: reports/ holds the report of the default run; choose another folder`);
  }
  const { unit, timeLimit, ...asked } = options;
  if (!(await runCoverage({ ...asked, unit, out, timeLimitMs: timeLimit * 1000 }))) process.exitCode = 1;
});
process.exit();
