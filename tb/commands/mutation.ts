import { defineCommand, wholeNumber } from "../../gen/host/command.ts";
import { outOption, rtlOption, seedOption, timeLimitOption } from "../../gen/host/options.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { defaultRun } from "../check/defaults.ts";
import { homes, judge } from "../families/index.ts";
import { runMutation } from "../mutation/run.ts";
import { jobsOption, unitOption, vectorsOption } from "./options.ts";

const description = `Changes one bit of a design at a time and runs the check of \`npm run sim\` on each of these mutants.
What it does not find is a weakness of the test bench, or no fault, which is then proved. Writes mutation.json and mutation.md.
It goes on where it was interrupted. Exit code 0 when no mutant survived, 1 otherwise.`;

export const command = defineCommand(
  "npx flare mutation",
  description,
  (program) =>
    program
      .addOption(unitOption)
      .option("--mutants <n>", "mutants of each module", wholeNumber("--mutants", 1, 100_000), 200)
      .addOption(seedOption("the choice of mutants; the check keeps its own", 2 ** 31 - 1))
      .addOption(vectorsOption(defaultRun.vectors, "random operands of the check, as in `npm run sim`"))
      .option("--mutant <n>", "one mutant only, by its number, without a report", wholeNumber("--mutant", 1, 100_000))
      .addOption(jobsOption)
      .addOption(rtlOption)
      .addOption(outOption)
      .addOption(timeLimitOption(120, "each proof and each answer of a simulator; builds get 15 times as much")),
  ({ timeLimit, unit, mutant, rtl, out, ...asked }, isGiven) => {
    if (mutant === undefined && out === undefined) {
      const other = ["mutants", "seed", "vectors", "rtl"].find(isGiven);
      if (other !== undefined) {
        throw new UserError(
          `--${other} needs --out FOLDER; reports/ holds the catalogue's report with the defaults only`,
        );
      }
    }
    if (mutant !== undefined && out !== undefined) {
      throw new UserError("--out does not go with --mutant: only a whole module has a report");
    }
    const checkSeed = defaultRun.seed;
    return runMutation(
      { ...asked, unit, mutant, rtl, out, checkSeed, timeLimitMs: timeLimit * 1000 },
      { judge, homes },
    );
  },
);
