import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { codeOf, messageOf, UserError } from "../../gen/host/user-error.ts";
import { LibertyError } from "./error.ts";
import { parseLiberty, type LibertyGroup } from "./parse.ts";

/** Groups that only power and noise analysis read; skipping them halves the time. */
const unparsed: ReadonlySet<string> = new Set([
  "internal_power",
  "leakage_power",
  "output_current_rise",
  "output_current_fall",
  "receiver_capacitance",
  "normalized_driver_waveform",
  "hyperbolic_noise_low",
  "hyperbolic_noise_high",
]);

/** Groups that power analysis does not read: the timing tables above all. */
export const unparsedForPower: ReadonlySet<string> = new Set([
  "cell_rise",
  "cell_fall",
  "rise_transition",
  "fall_transition",
  "rise_constraint",
  "fall_constraint",
  ...[...unparsed].filter((type) => type !== "internal_power" && type !== "leakage_power"),
]);

/**
 * The text of a Liberty file, decompressed if it is gzip (by its first bytes, whatever it is called).
 * Latin-1 keeps every byte of it, but for the mark that editors put in front of UTF-8.
 * @throws UserError that names the file, for one that is missing, empty or not what it seems
 */
export function readLibertyText(path: string): string {
  const text = decompress(path, readBytes(path)).toString("latin1").replace(byteOrderMark, "");
  if (text.trim() === "") throw new UserError(`the Liberty file ${path} is empty; name one that holds a library`);
  return text;
}

/** U+FEFF in UTF-8, as Latin-1 shows it. */
const byteOrderMark = /^\u00ef\u00bb\u00bf/;

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new UserError(`the Liberty file ${path} does not exist; check the path`);
    }
    if (code === "EISDIR") throw new UserError(`${path} is a folder; name the Liberty files in it one by one`);
    throw new UserError(`cannot read the Liberty file ${path}: ${messageOf(thrown)}`);
  }
}

function decompress(path: string, bytes: Buffer): Buffer {
  const isGzip = bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) {
    if (!path.endsWith(".gz") || bytes.length === 0) return bytes;
    throw new UserError(`${path} is called .gz but is not gzip data; fetch it again or rename it`);
  }
  try {
    return gunzipSync(bytes);
  } catch (thrown) {
    throw new UserError(`cannot decompress ${path}: ${messageOf(thrown)}; fetch the file again`);
  }
}

/**
 * The library in the text of a file, without its power and noise groups (or the groups given).
 * @throws UserError that names the file, for one that is cut off, malformed, or holds no cell
 */
export function parseLibertyFile(path: string, text: string, skip = unparsed): LibertyGroup {
  return understood(
    path,
    () => {
      const library = parseLiberty(text, { skip });
      if (library.type !== "library") throw new LibertyError(`its outermost group is "${library.type}", not "library"`);
      if (!library.groups.some((group) => group.type === "cell")) throw new LibertyError("it holds no cell");
      return library;
    },
    (why) => `${path} is not a complete Liberty file: ${why}; fetch it again`,
  );
}

/** Runs what reads a library; what it does not understand becomes a sentence that names the file. */
export function understood<T>(
  path: string,
  read: () => T,
  sentence = (why: string) => `${path} cannot be used: ${why}; mend the file or use another library`,
): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof LibertyError) throw new UserError(sentence(thrown.message));
    throw thrown;
  }
}
