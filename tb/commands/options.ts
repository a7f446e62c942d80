import { Option } from "@commander-js/extra-typings";
import { wholeNumber } from "../../gen/host/command.ts";
import * as shared from "../../gen/host/options.ts";
import { defaultRun, mostVectors } from "../check/defaults.ts";

/*
 * Options that the commands of the test bench have in common, beside those of `gen/host/options.ts`.
 */

export const unitOption = new Option(
  "--unit <name>",
  "a unit (flare), a design (flare_bf16_x8) or a module (flare_bf16_x8_axis); default: all",
);

export const seedOption = shared.seedOption("all random stimulus", 2 ** 32 - 1);

export const jobsOption = shared.jobsOption("modules");

export function vectorsOption(
  vectors: number = defaultRun.vectors,
  what = "random operand pairs, or scores of softmax, per core, beside the directed ones",
): Option<"--vectors <n>", undefined, number, number> {
  return new Option("--vectors <n>", what).argParser(wholeNumber("--vectors", 1, mostVectors)).default(vectors);
}

/** For commands whose tools answer one by one. */
export const toolTimeLimit = (seconds: number): ReturnType<typeof shared.timeLimitOption> =>
  shared.timeLimitOption(seconds, "each call of a tool and each answer of the simulator");
