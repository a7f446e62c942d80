import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Every character that a shell, Tcl, C++ or a file format could stumble over, in the path of whatever a test works on. */
const oddCharacters = `flare é;"$[{x `;

/** A text as a part of a regular expression that stands for itself. */
export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Makes an empty folder for a test, which removes it. */
export function makeOddFolder(): string {
  return mkdtempSync(join(tmpdir(), oddCharacters));
}
