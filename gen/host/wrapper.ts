import { realpathSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { projectRoot } from "./files.ts";
import { run, type RunResult } from "./run.ts";
import { findTool, howItEnded, type Tool } from "./tool.ts";
import { complain } from "./terminal.ts";
import { messageOf, UserError } from "./user-error.ts";

/**
 * The whole of a wrapper command (`npx verilator`): the installed tool with the arguments, the terminal, the exit code and
 * the signals passed through. Returns the exit code: the tool's, 128 + n if signal n ended it, 1 if it was not found.
 */
export async function passThrough(tool: Tool, args: readonly string[]): Promise<number> {
  try {
    process.env["PATH"] = pathWithoutWrapper(process.env["PATH"] ?? "", tool.program);
    const { program } = await findTool(tool);
    return exitCode(program, await run(program, args, { timeoutMs: Infinity, inherit: true }));
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    complain(`error: ${messageOf(thrown)}`);
    return 1;
  }
}

/** npx puts a link to the wrapper on PATH; following it would end in the wrapper again. */
function pathWithoutWrapper(path: string, program: string): string {
  const isOurs = (folder: string): boolean => {
    try {
      return realpathSync(join(folder, program)).startsWith(realpathSync(projectRoot));
    } catch {
      return false;
    }
  };
  return path
    .split(delimiter)
    .filter((folder) => !isOurs(folder))
    .join(delimiter);
}

function exitCode(program: string, result: RunResult): number {
  if (result.exitCode !== undefined) return result.exitCode;
  const signal = Object.entries(constants.signals).find(([name]) => name === result.signal);
  if (signal !== undefined) return 128 + signal[1];
  throw new UserError(`\`${program}\` ${howItEnded(result)}`);
}
