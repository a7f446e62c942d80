import { z } from "zod";

/**
 * An error the user can mend: its message is one sentence that names the value and the remedy.
 * Command lines print it without a stack trace and exit non-zero; anything else is a defect of ours.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** The message of anything thrown; of a value that does not fit its schema, one line with the first thing that is wrong. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof z.ZodError) {
    const [first] = thrown.issues;
    const place = first === undefined ? "" : first.path.join(".");
    return `${place === "" ? "it" : place} does not fit: ${first?.message ?? "no reason given"}`;
  }
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The system's error code (`ENOENT`, `EACCES`, ...) of anything thrown, if it carries one. */
export function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}

/** Checks what must hold if our own code is right; its failure is a defect, not a user's mistake. */
export function invariant(condition: unknown, sentence: string): asserts condition {
  if (condition !== true) throw new Error(sentence);
}
