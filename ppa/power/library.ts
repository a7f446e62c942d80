import { basename } from "node:path";
import { z } from "zod";
import { onceFor } from "../../gen/host/once.ts";
import { oneByOne, runStage, type Stage } from "../../gen/host/stage.ts";
import { messageOf, UserError } from "../../gen/host/user-error.ts";
import { LibertyError } from "../liberty/error.ts";
import { powerCellSchema, powerCellsOf } from "../liberty/power-cells.ts";
import { parseLibertyFile, readLibertyText, unparsedForPower } from "../liberty/read.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { compileCell } from "./compile.ts";
import type { CellModel } from "./model.ts";

/** A technology's power data; cells are made ready when they are first asked for. */
export interface PowerLibrary {
  /** Undefined for a cell that the libraries lack. */
  readonly cell: (name: string) => CellModel | undefined;
}

/** Power cannot be computed from these libraries; area and timing can. */
export class NoPowerDataError extends UserError {}

/** The power data of a technology, read once for each. */
export const powerLibrary = onceFor(({ libertyPaths, libertyHash }: PreparedTechnology) =>
  readPowerLibrary(libertyPaths, libertyHash),
);

/** The cells of Liberty files, known by the hash of their texts: one line for each, its name, a tab, its data as JSON. */
const powerCells: Stage<{ readonly files: readonly string[]; readonly hash: string }, string> = {
  name: "power",
  source: import.meta.url,
  schema: z.string(),
  key: ({ hash }) => [hash],
  run: oneByOne(({ files }) => derive(files)),
};

/**
 * Reads the power data of Liberty files; they are parsed once and then cached by `hash`, that of their texts.
 * @throws NoPowerDataError for files without tables of internal power, or with ones that cannot be understood
 */
export async function readPowerLibrary(files: readonly string[], hash: string): Promise<PowerLibrary> {
  const lines = await runStage(powerCells, { files, hash });
  const texts = new Map<string, string>();
  for (const line of lines.split("\n")) {
    const tab = line.indexOf("\t");
    const name = line.slice(0, tab);
    if (tab > 0 && !texts.has(name)) texts.set(name, line.slice(tab + 1));
  }
  const models = new Map<string, CellModel>();
  return {
    cell: (name) => {
      const text = texts.get(name);
      if (text === undefined) return undefined;
      const model =
        models.get(name) ?? understood(namesOf(files), () => compileCell(powerCellSchema.parse(JSON.parse(text))));
      models.set(name, model);
      return model;
    },
  };
}

function derive(files: readonly string[]): string {
  const cells = files.flatMap((path) => {
    const library = parseLibertyFile(path, readLibertyText(path), unparsedForPower);
    return understood(namesOf([path]), () => powerCellsOf(library));
  });
  if (!cells.some(({ pins }) => pins.some(({ arcs }) => arcs.length > 0))) {
    throw new NoPowerDataError(
      `${namesOf(files)} holds no internal_power tables, so power is not reported; use a library that was characterised for power`,
    );
  }
  return cells.map((cell) => `${cell.name}\t${JSON.stringify(cell)}\n`).join("");
}

/** Without folders and the marks of copies: reports repeat the sentence, and folders are one machine's. */
const namesOf = (files: readonly string[]): string =>
  files.map((path) => basename(path).replace(/^[0-9a-f]{16}-/, "")).join(", ");

function understood<T>(files: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof LibertyError)) throw thrown;
    throw new NoPowerDataError(
      `the power data of ${files} cannot be used: ${messageOf(thrown)}; mend the file or use another library`,
    );
  }
}
