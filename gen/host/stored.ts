import type { z } from "zod";
import { readIfExists } from "./files.ts";
import { messageOf, UserError } from "./user-error.ts";

/** The text of a committed JSON file: checked, its keys in the schema's order. */
export function printStored<T>(schema: z.ZodType<T>, value: T): string {
  return `${JSON.stringify(schema.parse(value), undefined, 2)}\n`;
}

/**
 * Reads a file that a command of the project wrote.
 * @throws UserError "`path` `isNot`: why; `remedy`" where there is none, or something else
 */
export function readStored<T>(path: string, schema: z.ZodType<T>, isNot: string, remedy: string): T {
  try {
    return schema.parse(JSON.parse(readIfExists(path) ?? ""));
  } catch (thrown) {
    throw new UserError(`${path} ${isNot}: ${messageOf(thrown)}; ${remedy}`);
  }
}
