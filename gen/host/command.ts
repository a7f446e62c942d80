import { Command, CommanderError, InvalidArgumentError } from "@commander-js/extra-typings";
import { messageOf, UserError } from "./user-error.ts";

/** A command line whose errors are one sentence: see `runCommand`. */
export function command(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => undefined })
    .helpOption("-h, --help", "show this help");
}

/**
 * Runs a command line to its end: a `UserError` (or a wrong argument) becomes one sentence on stderr and exit code 1;
 * anything else is a defect and keeps its stack.
 */
export async function runCommand(name: string, main: () => Promise<void>): Promise<void> {
  process.stdout.once("error", endWithoutOutput);
  try {
    await main();
  } catch (thrown) {
    process.exitCode = 1;
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) {
        process.exitCode = 0;
        return;
      }
      // Our own sentence on a bad value says more than what commander puts before it.
      const sentence = thrown.message
        .replace(/^error: /, "")
        .replace(/^option '.*?' argument '.*?' is invalid\. /s, "")
        .replaceAll("\n", " ");
      process.stderr.write(`error: ${sentence}; \`npm run ${name} -- --help\` lists what it takes\n`);
    } else if (thrown instanceof UserError) {
      process.stderr.write(`error: ${thrown.message}\n`);
    } else {
      process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown)}\n`);
    }
  }
}

/** What cannot be said has no verdict: on a full disk, or to a reader that has gone, a run fails. */
function endWithoutOutput(thrown: Error): void {
  process.stderr.write(`error: cannot write to standard output: ${thrown.message}; the run was ended\n`);
  process.exit(1);
}

/** An option parser for a whole number within bounds (both included). */
export function wholeNumber(what: string, minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`${what} is a whole number from ${minimum} to ${maximum}, not "${text}"`);
    }
    return value;
  };
}
