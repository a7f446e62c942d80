import { command, runCommand, wholeNumber, timeLimitOption } from "../gen/host/command.ts";
import { runFormal } from "./formal/run.ts";
import { outOption } from "./options.ts";

const description = `Proves with Yosys what simulation can only try: that FIRE+ReLU is the sum rounded once, that FLARE is FIRE+ReLU, that
registers change nothing but the time, and that the AXI4-Stream wrappers keep their protocol and every beat. Each proof is also tried
on a broken variant, which must be refuted. Writes formal.json and formal.md; an interrupted run goes on where it was.
Exit code 0 when everything was proved and every broken variant refuted, 1 otherwise.`;

await runCommand("formal", async () => {
  const { only, out, jobs, timeLimit } = command("formal", description)
    .option("--only <text>", "the proofs whose names contain this (default: all)")
    .option("--jobs <n>", "proofs at a time", wholeNumber("--jobs", 1, 64), 2)
    .addOption(timeLimitOption(600, "each proof, with its twin"))
    .addOption(outOption)
    .parse()
    .opts();
  if (!(await runFormal({ only, out, jobs, timeLimitMs: timeLimit * 1000 }))) process.exitCode = 1;
});
// Where one proof ended the run, others may still be at work; leaving ends them and their child processes.
process.exit();
