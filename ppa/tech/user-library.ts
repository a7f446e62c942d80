import { UserError } from "../../gen/host/user-error.ts";
import { cellsOf, isBuffer } from "../liberty/cells.ts";
import { parseLibertyFile, readLibertyText, understood } from "../liberty/read.ts";
import { libraryUnits } from "../liberty/units.ts";
import { technologies } from "./all.ts";
import type { Technology } from "./technology.ts";

/** Folders of the reports that are no technology's. */
const reserved = ["plots", "sweeps"];

/**
 * The technology of a user's own Liberty files (`--liberty`): named after the first library, inputs driven by its
 * smallest buffer, outputs loaded with four of that buffer's inputs, wide nets split with its next larger one, no tie cells, and only the library's own `dont_use`.
 */
export function userTechnology(files: readonly string[]): Technology {
  const libraries = files.map((path) => {
    const library = parseLibertyFile(path, readLibertyText(path));
    return understood(path, () => ({ library, units: libraryUnits(library), cells: cellsOf(library) }));
  });
  const first = libraries[0];
  if (first === undefined) throw new UserError("--liberty names no file; give it at least one");
  const buffers = libraries
    .flatMap(({ cells }) => cells)
    .filter((cell) => isBuffer(cell) && !cell.dontUse && cell.area > 0)
    .sort((a, b) => a.area - b.area || (a.name < b.name ? -1 : 1));
  const [smallest, second = smallest] = buffers;
  if (smallest === undefined || second === undefined) {
    throw new UserError(`no cell of ${files.join(", ")} is a buffer to drive the inputs; add the file that holds them`);
  }
  const { simple, args } = first.library;
  const supplyV = Number(simple.get("nom_voltage") ?? 0) * first.units.volts;
  const name = (args[0] ?? "library").replace(/[^\w.-]/g, "_").replace(/^\W+/, "_");
  if (reserved.includes(name)) {
    throw new UserError(`the library is called ${name}, as a folder of the reports is; rename it to keep them apart`);
  }
  if (technologies.some((technology) => technology.name === name)) {
    throw new UserError(
      `the library is called ${name}, as a technology of the project is; rename it to keep their reports apart`,
    );
  }
  return {
    name,
    title: `${name} (your own Liberty files)`,
    node: "not stated",
    supplyV,
    corner: `${simple.get("default_operating_conditions") ?? "nominal"}, ${supplyV.toFixed(2)} V, ${simple.get("nom_temperature") ?? "?"} C`,
    sources: { kind: "given", files },
    drivingCell: smallest.name,
    fanoutBuffer: second.name,
    outputLoadFf: Number((4 * (smallest.inputs[0]?.capacitanceFf ?? 0)).toFixed(3)),
    tie: undefined,
    clockGate: undefined,
    commonMHz: 100,
    clockTransitionPs: 50,
    wireFfPerFanout: undefined,
    doNotUse: [],
  };
}
