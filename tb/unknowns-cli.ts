import { command, runCommand, wholeNumber } from "../gen/host/command.ts";
import { runUnknowns } from "./unknowns/run.ts";

const description = `Simulates modules in Icarus with X at every input bit that means nothing: no X may come out, and no reset may leave a
trace. Writes unknowns.json and unknowns.md. Exit code 0 when that holds, 1 otherwise.`;

const defaults = { seed: 1, vectors: 4096, jobs: 2, timeLimit: 120 } as const;

await runCommand("unknowns", async () => {
  const options = command("unknowns", description)
    .option("--unit <name>", "a unit (flare), a design (flare_bf16_x8) or a module (flare_bf16_x8_axis); default: all")
    .option(
      "--seed <n>",
      `seed of all random stimulus (default: ${defaults.seed})`,
      wholeNumber("--seed", 0, 2 ** 32 - 1),
      defaults.seed,
    )
    .option(
      "--vectors <n>",
      `random operands per core, beside the directed ones (default: ${defaults.vectors})`,
      wholeNumber("--vectors", 1, 2 ** 40),
      defaults.vectors,
    )
    .option("--rtl <folder>", "where the SystemVerilog and its manifest.json are (default: rtl/)")
    .option("--gates <folder>", "netlists to be tried as well, which `npm run ppa -- --netlists <folder>` wrote")
    .option("--out <folder>", "where the report goes (default: reports/)")
    .option("--jobs <n>", `modules at a time (default: ${defaults.jobs})`, wholeNumber("--jobs", 1, 64), defaults.jobs)
    .option(
      "--time-limit <seconds>",
      `for each call of a tool and each answer of the simulator (default: ${defaults.timeLimit})`,
      wholeNumber("--time-limit", 1, 24 * 3600),
      defaults.timeLimit,
    )
    .parse()
    .opts();
  const { unit, seed, vectors, rtl, gates, out, jobs, timeLimit } = options;
  const asked = { unit, seed, vectors, rtl, gates, out, jobs, timeLimitMs: timeLimit * 1000 };
  if (!(await runUnknowns(asked))) process.exitCode = 1;
});
// Where one module ended the run, others may still be at work; leaving ends them and their child processes.
process.exit();
