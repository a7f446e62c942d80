import { command, runCommand, wholeNumber, timeLimitOption } from "../gen/host/command.ts";
import { UserError } from "../gen/host/user-error.ts";
import { defaultRun } from "./check/defaults.ts";
import { runMutation } from "./mutation/run.ts";
import { jobsOption, outOption, rtlOption, unitOption, vectorsOption } from "./options.ts";

const description = `Changes one bit of a design at a time and runs the check of \`npm run sim\` on each of these mutants.
What it does not find is a weakness of the test bench, or no fault, which is then proved. Writes mutation.json and mutation.md.
It goes on where it was interrupted. Exit code 0 when no mutant survived, 1 otherwise.`;

await runCommand("mutation", async () => {
  const program = command("mutation", description)
    .addOption(unitOption)
    .option("--mutants <n>", "mutants of each module", wholeNumber("--mutants", 1, 100_000), 200)
    .option(
      "--seed <n>",
      "seed of the choice of mutants; the check keeps its own",
      wholeNumber("--seed", 0, 2 ** 31 - 1),
      1,
    )
    .addOption(vectorsOption(defaultRun.vectors, "random operands of the check, as in `npm run sim`"))
    .option("--mutant <n>", "one mutant only, by its number, without a report", wholeNumber("--mutant", 1, 100_000))
    .addOption(jobsOption)
    .addOption(rtlOption)
    .addOption(outOption)
    .addOption(timeLimitOption(120, "each proof and each answer of a simulator; builds get 15 times as much"));
  const options = program.parse().opts();
  const isGiven = (name: string): boolean => program.getOptionValueSource(name) === "cli";
  const { unit, mutants, seed, vectors, mutant, rtl, out, jobs, timeLimit } = options;
  if (mutant === undefined && out === undefined) {
    const [other] = ["mutants", "seed", "vectors", "rtl"].filter(isGiven);
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
  const timeLimitMs = timeLimit * 1000;
  if (!(await runMutation({ unit, mutants, seed, checkSeed, vectors, mutant, rtl, out, jobs, timeLimitMs }))) {
    process.exitCode = 1;
  }
});
// Where one module ended the run, others may still be at work; leaving ends them and their child processes.
process.exit();
