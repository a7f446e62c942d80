import { z } from "zod";
import { onceFor } from "../../gen/host/once.ts";
import { oneByOne, runStage, type Stage } from "../../gen/host/stage.ts";
import { parseLibertyFile, readLibertyText } from "../liberty/read.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { cellFunctionsIn, cellFunctionsSchema, type CellFunctions } from "./cell-functions.ts";

/** What the cells of a technology compute. */
export interface CellLibrary {
  /** What an error calls it. */
  readonly name: string;
  readonly cells: ReadonlyMap<string, CellFunctions>;
}

const functions: Stage<PreparedTechnology, CellFunctions[]> = {
  name: "functions",
  source: import.meta.url,
  schema: z.array(cellFunctionsSchema),
  key: ({ libertyHash }) => [libertyHash],
  run: oneByOne(({ libertyPaths }) =>
    libertyPaths.flatMap((path) => cellFunctionsIn(parseLibertyFile(path, readLibertyText(path)))),
  ),
};

/** Reads the functions from the technology's Liberty files, once for each technology. */
export const cellLibrary = onceFor(async (technology: PreparedTechnology): Promise<CellLibrary> => {
  const cells = await runStage(functions, technology);
  return { name: technology.technology.name, cells: new Map(cells.map((cell) => [cell.name, cell])) };
});
