import { join } from "node:path";
import type { Design as Generated } from "../gen/design.ts";
import { contentHash } from "../gen/host/cache.ts";
import { readIfExists } from "../gen/host/files.ts";
import { invariant, UserError } from "../gen/host/user-error.ts";
import type { ModuleEntry } from "../gen/manifest.ts";

/** A module to be measured, with the text of its sources. */
export interface Design {
  readonly name: string;
  readonly entry: ModuleEntry;
  /** In compile order; the keys are file names as Yosys sees them. */
  readonly sources: readonly { readonly name: string; readonly text: string }[];
  readonly hash: string;
  /** The clock input, or undefined where nothing in the module waits for a clock. */
  readonly clock: string | undefined;
}

/** Reads the sources of a manifest's module. */
export function readDesign(folder: string, entry: ModuleEntry): Design {
  return designOf(entry, (file) => {
    const text = readIfExists(join(folder, file));
    if (text === undefined) {
      throw new UserError(
        `${join(folder, file)}, a source of ${entry.name}, does not exist; make it with \`npm run gen\``,
      );
    }
    return text;
  });
}

/** The core of a design that was generated just now. */
export function coreOf({ core, entries, sources }: Generated): Design {
  const entry = entries.find(({ name }) => name === core.name);
  invariant(entry !== undefined, `${core.name} is among its design's modules`);
  return designOf(entry, (file) => sources.get(file) ?? "");
}

function designOf(entry: ModuleEntry, textOf: (file: string) => string): Design {
  const sources = entry.files.map((file, i) => ({ name: `${i}_${file.replaceAll("/", "_")}`, text: textOf(file) }));
  const clocked = entry.latency > 0 && entry.ports.some((port) => port.name === "clk_i");
  return {
    name: entry.name,
    entry,
    sources,
    hash: contentHash(entry.name, ...sources.flatMap(({ name, text }) => [name, text])),
    clock: clocked ? "clk_i" : undefined,
  };
}
