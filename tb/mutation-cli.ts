import { command, runCommand, wholeNumber } from "../gen/host/command.ts";
import { UserError } from "../gen/host/user-error.ts";
import { runMutation } from "./mutation/run.ts";

const description = `Changes one bit of a design at a time and runs the check of \`npm run sim\` on each of these mutants: what it does
not find is a weakness of the test bench, or no fault, which is then proved. Writes mutation.json and mutation.md.
It goes on where it was interrupted. Exit code 0 when no mutant survived, 1 otherwise.`;

const defaults = { mutants: 200, seed: 1, checkSeed: 1, vectors: 1 << 20, jobs: 2, timeLimit: 120 } as const;

await runCommand("mutation", async () => {
  const program = command("mutation", description)
    .option("--unit <name>", "a unit (flare), a design (flare_bf16_x8) or a module (flare_bf16_x8_axis); default: all")
    .option(
      "--mutants <n>",
      `mutants of each module (default: ${defaults.mutants})`,
      wholeNumber("--mutants", 1, 100_000),
      defaults.mutants,
    )
    .option(
      "--seed <n>",
      `seed of the choice of mutants; the check keeps its own (default: ${defaults.seed})`,
      wholeNumber("--seed", 0, 2 ** 31 - 1),
      defaults.seed,
    )
    .option(
      "--vectors <n>",
      `random operands of the check, as in \`npm run sim\` (default: ${defaults.vectors})`,
      wholeNumber("--vectors", 1, 2 ** 40),
      defaults.vectors,
    )
    .option("--mutant <n>", "one mutant only, by its number, without a report", wholeNumber("--mutant", 1, 100_000))
    .option("--jobs <n>", `modules at a time (default: ${defaults.jobs})`, wholeNumber("--jobs", 1, 64), defaults.jobs)
    .option("--rtl <folder>", "where the SystemVerilog and its manifest.json are (default: rtl/)")
    .option("--out <folder>", "where the report goes (default: reports/)")
    .option(
      "--time-limit <seconds>",
      `for each proof and each answer of a simulator (default: ${defaults.timeLimit}); builds get 15 times as much`,
      wholeNumber("--time-limit", 1, 24 * 3600),
      defaults.timeLimit,
    );
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
  const { checkSeed } = defaults;
  const timeLimitMs = timeLimit * 1000;
  if (!(await runMutation({ unit, mutants, seed, checkSeed, vectors, mutant, rtl, out, jobs, timeLimitMs }))) {
    process.exitCode = 1;
  }
});
// Where one module ended the run, others may still be at work; leaving ends them and their child processes.
process.exit();
