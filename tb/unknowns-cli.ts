import { command, runCommand } from "../gen/host/command.ts";
import { runUnknowns } from "./unknowns/run.ts";
import { jobsOption, outOption, rtlOption, seedOption, toolTimeLimit, unitOption, vectorsOption } from "./options.ts";

const description = `Simulates modules in Icarus with X at every input bit that means nothing: no X may come out, and no reset may leave a
trace. Writes unknowns.json and unknowns.md. Exit code 0 when that holds, 1 otherwise.`;

await runCommand("unknowns", async () => {
  const options = command("unknowns", description)
    .addOption(unitOption)
    .addOption(seedOption)
    .addOption(vectorsOption(4096, "random operands per core, beside the directed ones"))
    .addOption(rtlOption)
    .option("--gates <folder>", "netlists to be tried as well, which `npm run ppa -- --netlists <folder>` wrote")
    .addOption(outOption)
    .addOption(jobsOption)
    .addOption(toolTimeLimit(120))
    .parse()
    .opts();
  const { unit, rtl, gates, out, timeLimit, ...asked } = options;
  if (!(await runUnknowns({ ...asked, unit, rtl, gates, out, timeLimitMs: timeLimit * 1000 }))) process.exitCode = 1;
});
// Where one module ended the run, others may still be at work; leaving ends them and their child processes.
process.exit();
