import { Option } from "@commander-js/extra-typings";
import { wholeNumber } from "./command.ts";

/*
 * The options that commands have in common, under one name each. Commander adds their defaults to the help.
 */

export const rtlOption = new Option(
  "--rtl <folder>",
  "where the SystemVerilog and its manifest.json are (default: rtl/)",
);

export const outOption = new Option("--out <folder>", "where the report goes (default: reports/)");

export const jobsOption = (what: string): Option<"--jobs <n>", undefined, number, number> =>
  new Option("--jobs <n>", `${what} at a time`).argParser(wholeNumber("--jobs", 1, 64)).default(2);

export const seedOption = (of: string, most: number): Option<"--seed <n>", undefined, number, number> =>
  new Option("--seed <n>", `seed of ${of}`).argParser(wholeNumber("--seed", 0, most)).default(1);

/** How long a tool may take; every command that starts some has this option. */
export const timeLimitOption = (
  seconds: number,
  of: string,
): Option<"--time-limit <seconds>", undefined, number, number> =>
  new Option("--time-limit <seconds>", `for ${of}`)
    .argParser(wholeNumber("--time-limit", 1, 24 * 3600))
    .default(seconds);

/** What some commands called `--time-limit` before. */
export const timeoutOption = new Option("--timeout <seconds>", "as --time-limit")
  .argParser(wholeNumber("--timeout", 1, 24 * 3600))
  .hideHelp();
timeoutOption.attributeName = () => "timeLimit";
