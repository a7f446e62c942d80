import { z } from "zod";
import type { LibertyGroup } from "./parse.ts";

/** What the flow asks of a cell; kept beside the prepared libraries, so that they are parsed once. */
export const cellFactsSchema = z.object({
  name: z.string(),
  /** Square micrometres. */
  area: z.number(),
  /** `flipFlop`: an `ff` group; `latch`: a `latch` or `statetable` one (clock gates too). */
  storage: z.enum(["none", "flipFlop", "latch"]),
  /** The library forbids it to tools that choose cells (`dont_use : true`). */
  dontUse: z.boolean(),
  inputs: z.array(z.object({ name: z.string(), capacitance: z.number() })),
  outputs: z.array(z.object({ name: z.string(), function: z.string().optional() })),
});
export type CellFacts = z.infer<typeof cellFactsSchema>;

/** The units a library's numbers are in, as the texts of its own attributes ("1ns", "1 pf"). */
export interface LibraryUnits {
  readonly time: string;
  readonly capacitance: string;
}

export function libraryUnits(library: LibertyGroup): LibraryUnits {
  const load = library.complex.find((attribute) => attribute.name === "capacitive_load_unit");
  return {
    time: library.simple.get("time_unit") ?? "1ns",
    capacitance: (load?.args.join(" ") ?? "1 pf").toLowerCase(),
  };
}

/** Femtofarads in one of a library's capacitance units. */
export function femtofaradsPerUnit(units: LibraryUnits): number {
  const [count = "1", unit = "pf"] = units.capacitance.split(" ");
  return Number(count) * (unit === "ff" ? 1 : 1000);
}

export function cellsOf(library: LibertyGroup): CellFacts[] {
  return library.groups.filter((group) => group.type === "cell").map(factsOf);
}

function factsOf(cell: LibertyGroup): CellFacts {
  const pins = [...pinsOf(cell)];
  const has = (type: string): boolean => cell.groups.some((group) => group.type === type);
  return {
    name: cell.args[0] ?? "",
    area: Number(cell.simple.get("area") ?? 0),
    storage: has("ff") || has("ff_bank") ? "flipFlop" : has("latch") || has("statetable") ? "latch" : "none",
    dontUse: cell.simple.get("dont_use") === "true",
    inputs: pins
      .filter((pin) => pin.simple.get("direction") === "input")
      .map((pin) => ({ name: pin.args[0] ?? "", capacitance: Number(pin.simple.get("capacitance") ?? 0) })),
    outputs: pins.filter((pin) => pin.simple.get("direction") === "output").map(outputOf),
  };
}

function outputOf(pin: LibertyGroup): CellFacts["outputs"][number] {
  const logic = pin.simple.get("function");
  return { name: pin.args[0] ?? "", ...(logic === undefined ? {} : { function: logic }) };
}

/** The pins of a cell, those of its buses and bundles included. */
export function* pinsOf(group: LibertyGroup): Generator<LibertyGroup> {
  for (const inner of group.groups) {
    if (inner.type === "pin") yield inner;
    else if (inner.type === "bus" || inner.type === "bundle") yield* pinsOf(inner);
  }
}

/** Whether the cell does nothing but repeat its one input. */
export function isBuffer(cell: CellFacts): boolean {
  const [input, output] = [cell.inputs[0], cell.outputs[0]];
  if (input === undefined || output?.function === undefined || cell.storage !== "none") return false;
  if (cell.inputs.length !== 1 || cell.outputs.length !== 1) return false;
  return output.function.replace(/[()\s]/g, "") === input.name;
}
