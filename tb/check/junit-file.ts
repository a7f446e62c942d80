import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { writeWhole } from "../../gen/host/files.ts";
import { messageOf, UserError } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import type { CheckResult } from "./check.ts";
import { junitXml, type JUnitCase } from "./junit.ts";
import type { RunOptions } from "./report.ts";

/** Collects what became of each check of a run, and writes it at the end. */
export interface JUnitFile {
  /** The same result, noted when it is there; a check that throws is noted as broken. */
  noting(entry: ModuleEntry, result: Promise<CheckResult>): Promise<CheckResult>;
  /** Writes the file whole, also of a run that was cut short; without a path, nothing. */
  write(): void;
}

/**
 * The file of a run of `modules`. What an earlier run left there is removed at once, so that no CI server takes old results
 * for those of a run that was killed.
 */
export function junitFile(path: string | undefined, modules: readonly ModuleEntry[], options: RunOptions): JUnitFile {
  const noted = new Map<string, JUnitCase>();
  if (path !== undefined) removeOld(resolve(path));
  return {
    noting: async ({ name }, result) => {
      try {
        const checked = await result;
        noted.set(name, { kind: "checked", result: checked });
        return checked;
      } catch (thrown) {
        noted.set(name, { kind: "broken", name, sentence: messageOf(thrown) });
        throw thrown;
      }
    },
    write: () => {
      if (path === undefined) return;
      const cases = modules.map(({ name }): JUnitCase => noted.get(name) ?? { kind: "skipped", name });
      writeWhole(resolve(path), junitXml(cases, options));
    },
  };
}

function removeOld(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (thrown) {
    throw new UserError(`cannot write ${path}: ${messageOf(thrown)}; give --junit a file that can be written`);
  }
}
