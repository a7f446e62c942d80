import { z } from "zod";
import { cached, contentHash } from "../../gen/host/cache.ts";
import { parseLibertyFile, readLibertyText } from "../liberty/read.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { cellFunctionsIn, cellFunctionsSchema, type CellFunctions } from "./cell-functions.ts";

/** Part of the cache's key: raise it when what is read from a library changes. */
const derivation = "2";

/** What the cells of a technology compute. */
export interface CellLibrary {
  /** What an error calls it. */
  readonly name: string;
  readonly cells: ReadonlyMap<string, CellFunctions>;
}

/** Reads the functions from the technology's Liberty files; kept among the cached results, by their content. */
export async function cellLibrary(technology: PreparedTechnology): Promise<CellLibrary> {
  const stored = await cached("functions", contentHash(derivation, technology.libertyHash), () => {
    const libraries = technology.libertyPaths.map((path) => parseLibertyFile(path, readLibertyText(path)));
    return Promise.resolve(JSON.stringify(libraries.flatMap(cellFunctionsIn)));
  });
  const cells = z.array(cellFunctionsSchema).parse(JSON.parse(stored));
  return { name: technology.technology.name, cells: new Map(cells.map((cell) => [cell.name, cell])) };
}
