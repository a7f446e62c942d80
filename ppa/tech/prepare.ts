import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { contentHash } from "../../gen/host/cache.ts";
import { cacheFolder, isFile, writeWhole } from "../../gen/host/files.ts";
import { oneByOne, runStage, type Stage } from "../../gen/host/stage.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { cellFactsSchema, cellsOf, type CellFacts } from "../liberty/cells.ts";
import { mapLibraries, type MapLibraries } from "../liberty/map-library.ts";
import { parseLibertyFile, readLibertyText, understood } from "../liberty/read.ts";
import { withPlainUnits } from "../liberty/units.ts";
import type { LibertyGroup } from "../liberty/parse.ts";
import { checkLogic } from "./requirements.ts";
import { mayChoose, type ClockGateCell, type Technology } from "./technology.ts";

/** A technology whose libraries have been read, checked and made ready for both tools. */
export interface PreparedTechnology {
  readonly technology: Technology;
  /** As OpenSTA reads them: uncompressed, units in plain spelling, otherwise unaltered. */
  readonly libertyPaths: readonly string[];
  /** SHA-256 over the texts of those. */
  readonly libertyHash: string;
  /** Whether the library wants a capacitance guessed for every net (`default_wire_load`), which OpenSTA would then add. */
  readonly guessesWires: boolean;
  /** Capacitance of a net's wires for each pin that it drives; 0: nets have no wires. */
  readonly wireFfPerFanout: number;
  readonly cells: ReadonlyMap<string, CellFacts>;
  /** What Yosys and ABC choose from. */
  readonly map: MapLibraries;
  /** SHA-256 over what synthesis depends on: the library it chooses from and, of the descriptor, the cells that it names. */
  readonly mapHash: string;
}

const derivedSchema = z.object({
  /** A text for each file: what OpenSTA reads in its place, or "" if it can read the file's own. */
  plainTexts: z.array(z.string()),
  cells: z.array(cellFactsSchema),
  map: z.object({ logic: z.string(), registers: z.string() }),
});
type Derived = z.infer<typeof derivedSchema>;

/**
 * Reads a technology's Liberty files; what is derived from them is cached by their content.
 * @throws UserError for a file that cannot be a library, or a library without what the flow needs
 */
export async function prepare(
  technology: Technology,
  files: readonly string[],
  wireFfPerFanout = 0,
): Promise<PreparedTechnology> {
  const sources = files.map((path) => {
    const text = readLibertyText(path);
    return { path, text, hash: contentHash(text) };
  });
  const derived = await runStage(derivation, { technology, sources });
  const { fanoutBuffer, tie, clockGate } = technology;
  const prepared: PreparedTechnology = {
    technology,
    libertyPaths: sources.map(({ path, text }, i) => readable(path, text, derived.plainTexts[i] ?? "")),
    libertyHash: contentHash(...sources.map(({ hash }) => hash)),
    guessesWires: sources.some(({ text }) => /\bdefault_wire_load\s*:/.test(text)),
    wireFfPerFanout,
    cells: new Map(derived.cells.map((cell) => [cell.name, cell])),
    map: derived.map,
    mapHash: contentHash(derived.map.logic, derived.map.registers, JSON.stringify([fanoutBuffer, tie, clockGate])),
  };
  checkNamedCells(prepared);
  checkLogic(prepared);
  return prepared;
}

interface Library {
  readonly technology: Technology;
  readonly sources: readonly { readonly path: string; readonly text: string; readonly hash: string }[];
}

const derivation: Stage<Library, Derived> = {
  name: "liberty",
  source: import.meta.url,
  schema: derivedSchema,
  key: ({ technology, sources }) => [...technology.doNotUse, "|", ...sources.map(({ hash }) => hash)],
  run: oneByOne(derive),
};

/** The file itself if OpenSTA can read it as it is, else a copy among the cached results. */
function readable(path: string, text: string, plainText: string): string {
  const bytes = Buffer.from(plainText === "" ? text : plainText, "latin1");
  if (readFileSync(path).equals(bytes)) return path;
  const copy = join(cacheFolder(), "liberty", `${contentHash(text).slice(0, 16)}-${basename(path, ".gz")}`);
  if (!isFile(copy) || !readFileSync(copy).equals(bytes)) writeWhole(copy, bytes);
  return copy;
}

function derive({ technology, sources }: Library): Derived {
  const libraries = sources.map(({ path, text }) => ({ path, text, library: parseLibertyFile(path, text) }));
  checkDefinedOnce(libraries);
  const ofEach = libraries.map(({ path, text, library }) =>
    understood(path, () => {
      const plainText = withPlainUnits(text, library);
      return { cells: cellsOf(library), plainText: plainText === text ? "" : plainText };
    }),
  );
  const paths = sources.map(({ path }) => path).join(", ");
  return {
    plainTexts: ofEach.map(({ plainText }) => plainText),
    cells: ofEach.flatMap(({ cells }) => cells),
    map: understood(paths, () =>
      mapLibraries(
        libraries.map(({ library }) => library),
        (cell) => mayChoose(technology, cell),
      ),
    ),
  };
}

/** Of two corners given together, or of a library with an entry left behind, every tool would take another one. */
function checkDefinedOnce(libraries: readonly { readonly path: string; readonly library: LibertyGroup }[]): void {
  const places = new Map<string, string>();
  for (const { path, library } of libraries) {
    for (const { type, args, line } of library.groups) {
      if (type !== "cell") continue;
      const [name = ""] = args;
      const [place, before] = [`line ${line} of ${path}`, places.get(name)];
      if (before !== undefined) {
        throw new UserError(
          `the cell ${name} is defined twice, in ${before} and in ${place}; give the files of one corner, each once, and one definition of each cell`,
        );
      }
      places.set(name, place);
    }
  }
}

/** A descriptor that names a cell or a pin its library lacks would otherwise fail far from here. */
function checkNamedCells(prepared: PreparedTechnology): void {
  const { technology, cells } = prepared;
  const { drivingCell, fanoutBuffer, tie, clockGate } = technology;
  const named = [drivingCell, fanoutBuffer, tie?.high.cell, tie?.low.cell, clockGate?.cell];
  for (const name of named.filter((cell) => cell !== undefined)) {
    if (cells.has(name)) continue;
    throw new UserError(
      `the libraries of ${technology.name} hold no cell ${name}; its descriptor or the files are wrong`,
    );
  }
  if (clockGate !== undefined) checkClockGate(clockGate, prepared);
}

function checkClockGate(gate: ClockGateCell, { technology, cells }: PreparedTechnology): void {
  const { inputs = [], outputs = [] } = cells.get(gate.cell) ?? {};
  const expected = [gate.enable, gate.clock, ...gate.tieLow].sort().join(", ");
  const found = inputs
    .map(({ name }) => name)
    .sort()
    .join(", ");
  if (found === expected && outputs.some(({ name }) => name === gate.output)) return;
  throw new UserError(
    `the clock gate ${gate.cell} of ${technology.name} has the inputs ${found} and the outputs ` +
      `${outputs.map(({ name }) => name).join(", ")}, not ${expected} and ${gate.output}; its descriptor or the files are wrong`,
  );
}
