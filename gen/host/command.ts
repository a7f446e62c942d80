import { Command, CommanderError, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { messageOf, UserError } from "./user-error.ts";

/** A command line whose errors are one sentence: see `runCommand`. An option that is no list is given once, or it is an error. */
export function command(name: string, description: string): Command {
  const program = new Command(`npm run ${name} --`)
    .description(description)
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => undefined })
    .helpOption("-h, --help", "show this help");
  refuseRepetitions(program);
  return program;
}

/** Parsers that add a value to those before it. */
const listParsers = new WeakSet<object>();

/** An option parser for one that may be given several times: it is told the text and the values before. */
export function listOf<T>(
  valuesIn: (text: string) => readonly T[],
): (text: string, before: readonly T[] | undefined) => readonly T[] {
  const parser = (text: string, before: readonly T[] | undefined): readonly T[] => [
    ...(before ?? []),
    ...valuesIn(text),
  ];
  listParsers.add(parser);
  return parser;
}

/** Commander takes the last value of an option that is given twice, and says nothing. */
function refuseRepetitions(program: Command): void {
  const watched = new Set<string>();
  const given = new Map<string, string>();
  // Commander listens to an event of each option as soon as it is added; so do we.
  program.on("newListener", (event: string) => {
    if (!event.startsWith("option:") || watched.has(event)) return;
    watched.add(event);
    program.on(event, () => {
      const option = program.options.find((candidate) => `option:${candidate.name()}` === event);
      if (option === undefined || (option.parseArg !== undefined && listParsers.has(option.parseArg))) return;
      const before = given.get(option.attributeName());
      given.set(option.attributeName(), option.long ?? event);
      if (before === undefined) return;
      const both =
        before === option.long ? `${before} is given twice` : `${before} and ${String(option.long)} exclude each other`;
      throw new UserError(`${both}; give it once`);
    });
  });
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

/** How long a tool may take; every command that starts some has this option. */
export function timeLimitOption(
  seconds: number,
  of: string,
): Option<"--time-limit <seconds>", undefined, number, number> {
  return new Option("--time-limit <seconds>", `for ${of}`)
    .argParser(wholeNumber("--time-limit", 1, 24 * 3600))
    .default(seconds);
}

/** What some commands called `--time-limit` before. */
export const timeoutOption = new Option("--timeout <seconds>", "as --time-limit")
  .argParser(wholeNumber("--timeout", 1, 24 * 3600))
  .conflicts("timeLimit")
  .hideHelp();

/** A text as one word of a shell's command line, for commands that a user is to copy. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
