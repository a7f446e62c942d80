import { resolve } from "node:path";
import { defineCommand } from "../../gen/host/command.ts";
import { reportsFolder } from "../../gen/host/files.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { defaultRun } from "../check/defaults.ts";
import { runCoverage } from "../coverage/run.ts";
import { homes, judge } from "../families/index.ts";
import { jobsOption, seedOption, toolTimeLimit, unitOption, vectorsOption } from "./options.ts";

const description = `Runs the checks of \`npm run sim\` with coverage: lines, branches and toggles of the SystemVerilog, and bins of the
arithmetic and the protocols. Without options: every module of rtl/manifest.json, into reports/coverage.*
Exit code 0 when everything is reached or excluded with a reason, 1 otherwise.`;

export const command = defineCommand(
  "npx flare coverage",
  description,
  (program) =>
    program
      .addOption(unitOption)
      .addOption(seedOption)
      .addOption(vectorsOption())
      .addOption(jobsOption)
      .option(
        "--out <folder>",
        "where the report goes (default: reports/ for the run without other options, else nowhere)",
      )
      .addOption(toolTimeLimit(600)),
  ({ unit, timeLimit, ...options }) => {
    const { seed, vectors } = defaultRun;
    const isDefault = unit === undefined && options.seed === seed && options.vectors === vectors;
    const out = options.out ?? (isDefault ? reportsFolder : undefined);
    if (out !== undefined && !isDefault && resolve(out) === reportsFolder) {
      throw new UserError(`--out ${out}: reports/ holds the report of the default run; choose another folder`);
    }
    return runCoverage({ ...options, unit, out, timeLimitMs: timeLimit * 1000 }, { judge, homes });
  },
);
