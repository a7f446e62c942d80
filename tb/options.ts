import { Option } from "@commander-js/extra-typings";
import { timeLimitOption, wholeNumber } from "../gen/host/command.ts";
import { defaultRun, mostVectors } from "./check/defaults.ts";

/*
 * Options that commands here have in common. Commander adds their defaults to the help.
 */

export const unitOption = new Option(
  "--unit <name>",
  "a unit (flare), a design (flare_bf16_x8) or a module (flare_bf16_x8_axis); default: all",
);

export const seedOption = new Option("--seed <n>", "seed of all random stimulus")
  .argParser(wholeNumber("--seed", 0, 2 ** 32 - 1))
  .default(defaultRun.seed);

export const jobsOption = new Option("--jobs <n>", "modules at a time")
  .argParser(wholeNumber("--jobs", 1, 64))
  .default(defaultRun.jobs);

export const rtlOption = new Option(
  "--rtl <folder>",
  "where the SystemVerilog and its manifest.json are (default: rtl/)",
);

export const outOption = new Option("--out <folder>", "where the report goes (default: reports/)");

export function vectorsOption(
  vectors: number,
  what = "random operand pairs, or scores of softmax, per core, beside the directed ones",
): Option<"--vectors <n>", undefined, number, number> {
  return new Option("--vectors <n>", what).argParser(wholeNumber("--vectors", 1, mostVectors)).default(vectors);
}

/** For commands whose tools answer one by one. */
export const toolTimeLimit = (seconds: number): ReturnType<typeof timeLimitOption> =>
  timeLimitOption(seconds, "each call of a tool and each answer of the simulator");
