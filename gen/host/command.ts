import { Command, CommanderError, InvalidArgumentError, type OptionValues } from "@commander-js/extra-typings";
import { complain, standardOutput } from "./terminal.ts";
import { messageOf, UserError } from "./user-error.ts";

/** A command line: takes the arguments that follow its name, and says its exit code. */
export type CommandLine = (args: readonly string[]) => Promise<number>;

/**
 * A command, called as `call` says (`npx flare gen`). `declare` adds its options; `act` does what they ask for, and returns false if what was
 * checked is wrong. `isGiven` tells an option of the command line from a default.
 *
 * Exit code 0, or 1 after `false` or an error. A `UserError` (or a wrong argument) is one sentence on standard error; anything else is a
 * defect and keeps its stack. An option that is no list is given once, or it is an error.
 */
export function defineCommand<Options extends OptionValues>(
  call: string,
  description: string,
  declare: (program: Command) => Command<[], Options>,
  act: (options: Options, isGiven: (option: string) => boolean) => unknown,
): CommandLine {
  return async (args) => {
    const program = new Command(call)
      .description(description)
      .exitOverride()
      .allowExcessArguments(false)
      .configureOutput({
        outputError: () => undefined,
        writeOut: (text) => standardOutput().write(text),
      })
      .helpOption("-h, --help", "show this help");
    refuseRepetitions(program);
    try {
      const parsed = declare(program).parse(args, { from: "user" });
      const isGiven = (option: string): boolean => parsed.getOptionValueSource(option) === "cli";
      return (await act(parsed.opts(), isGiven)) === false ? 1 : 0;
    } catch (thrown) {
      if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
      complain(lastWords(thrown, call));
      return 1;
    }
  };
}

function lastWords(thrown: unknown, call: string): string {
  if (thrown instanceof CommanderError) {
    // Our own sentence on a bad value says more than what commander puts before it.
    const sentence = thrown.message
      .replace(/^error: /, "")
      .replace(/^option '.*?' argument '.*?' is invalid\. /s, "")
      .replaceAll("\n", " ");
    return `error: ${sentence}; \`${call} --help\` lists what it takes`;
  }
  if (thrown instanceof UserError) return `error: ${thrown.message}`;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown);
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

/** A text as one word of a shell's command line, for commands that a user is to copy. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
