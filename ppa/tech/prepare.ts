import { basename, join } from "node:path";
import { z } from "zod";
import { cached, contentHash } from "../../gen/host/cache.ts";
import { cacheFolder, writeIfChanged } from "../../gen/host/files.ts";
import { messageOf, UserError } from "../../gen/host/user-error.ts";
import { cellFactsSchema, cellsOf, type CellFacts } from "../liberty/cells.ts";
import { mapLibraries, type MapLibraries } from "../liberty/map-library.ts";
import { parseLibertyFile, readLibertyText } from "../liberty/read.ts";
import { matches, type ClockGateCell, type Technology } from "./technology.ts";

/** A technology whose libraries have been read, checked and made ready for both tools. */
export interface PreparedTechnology {
  readonly technology: Technology;
  /** Uncompressed and otherwise unaltered, for OpenSTA. */
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
  /** SHA-256 over what synthesis depends on: the libraries and, of the descriptor, what cells it may use. */
  readonly mapHash: string;
}

/** Part of every cache key below: raise it when what is derived from a library changes. */
const derivation = "5";

const derivedSchema = z.object({
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
  const sources = files.map((path) => ({ path, text: readLibertyText(path) }));
  const hashes = sources.map(({ text }) => contentHash(text));
  const key = contentHash(derivation, ...technology.doNotUse, "|", ...hashes);
  const stored = await cached("liberty", key, () => Promise.resolve(JSON.stringify(derive(technology, sources))));
  const derived = derivedSchema.parse(JSON.parse(stored));
  const prepared: PreparedTechnology = {
    technology,
    libertyPaths: sources.map(({ path, text }, i) => uncompressed(path, text, hashes[i] ?? "")),
    libertyHash: contentHash(...hashes),
    guessesWires: sources.some(({ text }) => /\bdefault_wire_load\s*:/.test(text)),
    wireFfPerFanout,
    cells: new Map(derived.cells.map((cell) => [cell.name, cell])),
    map: derived.map,
    mapHash: contentHash(key, JSON.stringify([technology.fanoutBuffer, technology.tie, technology.clockGate])),
  };
  checkNamedCells(prepared);
  return prepared;
}

/** OpenSTA reads plain text, by a path that means nothing to Tcl: other files are copied to the cached results. */
function uncompressed(path: string, text: string, hash: string): string {
  if (!path.endsWith(".gz") && !/[{}\\]/.test(path)) return path;
  const name = basename(path, ".gz").replace(/[{}\\]/g, "_");
  const plain = join(cacheFolder(), "liberty", `${hash.slice(0, 16)}-${name}`);
  writeIfChanged(plain, text);
  return plain;
}

function derive(technology: Technology, sources: readonly { path: string; text: string }[]): Derived {
  const libraries = sources.map(({ path, text }) => parseLibertyFile(path, text));
  const paths = sources.map(({ path }) => path).join(", ");
  const cells = libraries.flatMap(cellsOf);
  if (!cells.some((cell) => cell.storage === "flipFlop")) {
    throw new UserError(`no cell of ${paths} is a flip-flop; add the library's file of sequential cells`);
  }
  try {
    const map = mapLibraries(libraries, (cell) => !technology.doNotUse.some((pattern) => matches(pattern, cell)));
    return { cells, map };
  } catch (thrown) {
    throw new UserError(`cannot use ${paths} together: ${messageOf(thrown)}`);
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
