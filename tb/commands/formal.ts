import { defineCommand } from "../../gen/host/command.ts";
import { jobsOption, outOption, timeLimitOption } from "../../gen/host/options.ts";
import { proofs } from "../families/index.ts";
import { runFormal } from "../formal/run.ts";

const description = `Proves with Yosys what simulation can only try: that FIRE+ReLU is the sum rounded once, that FLARE is FIRE+ReLU, that
registers change nothing but the time, and that the AXI4-Stream wrappers keep their protocol and every beat. Each proof is also tried
on a broken variant, which must be refuted. Writes formal.json and formal.md; an interrupted run goes on where it was.
Exit code 0 when everything was proved and every broken variant refuted, 1 otherwise.`;

export const command = defineCommand(
  "npx flare formal",
  description,
  (program) =>
    program
      .option("--only <text>", "the proofs whose names contain this (default: all)")
      .addOption(jobsOption("proofs"))
      .addOption(timeLimitOption(600, "each proof, with its twin"))
      .addOption(outOption),
  ({ only, out, jobs, timeLimit }) => runFormal({ only, out, jobs, timeLimitMs: timeLimit * 1000 }, proofs()),
);
