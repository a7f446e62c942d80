import { join } from "node:path";
import { buildDesign, type Design as Generated } from "../gen/design.ts";
import type { Module } from "../gen/hdl/module.ts";
import { contentHash } from "../gen/host/cache.ts";
import { readIfExists } from "../gen/host/files.ts";
import { once } from "../gen/host/once.ts";
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
  /**
   * What its netlists are held against: made by the generators from the spec in the manifest, not read from SystemVerilog.
   * @throws UserError for sources that another version of the generators made
   */
  readonly core: () => Module;
}

/** Reads the sources of a manifest's module. */
export function readDesign(folder: string, entry: ModuleEntry): Design {
  const textOf = (file: string): string => {
    const text = readIfExists(join(folder, file));
    if (text === undefined) {
      throw new UserError(
        `${join(folder, file)}, a source of ${entry.name}, does not exist; make it with \`npm run gen\``,
      );
    }
    return text;
  };
  const core = once(() => {
    const generated = buildDesign(entry.spec);
    if (
      !generated.entries.some(
        ({ kind, name, specHash }) => kind === "core" && name === entry.name && specHash === entry.specHash,
      )
    ) {
      throw new UserError(
        `${entry.name} is not what the generators make of its spec, perhaps another version's; make it again with \`npm run gen\``,
      );
    }
    return generated.core;
  });
  return designOf(entry, textOf, core);
}

/** The core of a design that was generated just now. */
export function coreOf({ core, entries, sources }: Generated): Design {
  const entry = entries.find(({ name }) => name === core.name);
  invariant(entry !== undefined, `${core.name} is among its design's modules`);
  return designOf(
    entry,
    (file) => sources.get(file) ?? "",
    () => core,
  );
}

function designOf(entry: ModuleEntry, textOf: (file: string) => string, core: Design["core"]): Design {
  const sources = entry.files.map((file, i) => ({ name: `${i}_${file.replaceAll("/", "_")}`, text: textOf(file) }));
  const clocked = entry.latency > 0 && entry.ports.some((port) => port.name === "clk_i");
  return {
    name: entry.name,
    entry,
    sources,
    hash: contentHash(entry.name, ...sources.flatMap(({ name, text }) => [name, text])),
    clock: clocked ? "clk_i" : undefined,
    core,
  };
}
