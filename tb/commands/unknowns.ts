import { defineCommand } from "../../gen/host/command.ts";
import { outOption, rtlOption } from "../../gen/host/options.ts";
import { judge } from "../families/index.ts";
import { runUnknowns } from "../unknowns/run.ts";
import { jobsOption, seedOption, toolTimeLimit, unitOption, vectorsOption } from "./options.ts";

const description = `Simulates modules in Icarus with X at every input bit that means nothing: no X may come out, and no reset may leave a
trace. Writes unknowns.json and unknowns.md. Exit code 0 when that holds, 1 otherwise.`;

export const command = defineCommand(
  "npx flare unknowns",
  description,
  (program) =>
    program
      .addOption(unitOption)
      .addOption(seedOption)
      .addOption(vectorsOption(4096, "random operands per core, beside the directed ones"))
      .addOption(rtlOption)
      .option("--gates <folder>", "netlists to be tried as well, which `npm run ppa -- --netlists <folder>` wrote")
      .addOption(outOption)
      .addOption(jobsOption)
      .addOption(toolTimeLimit(120)),
  ({ unit, rtl, gates, out, timeLimit, ...asked }) =>
    runUnknowns({ ...asked, unit, rtl, gates, out, timeLimitMs: timeLimit * 1000 }, judge),
);
