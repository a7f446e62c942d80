/**
 * An error the user can mend: its message is one sentence that names the value and the remedy.
 * Command lines print it without a stack trace and exit non-zero; anything else is a defect of ours.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
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
