import { z } from "zod";
import { evaluate, parseBoolean, type BooleanExpression } from "./boolean.ts";
import { LibertyError } from "./error.ts";
import type { LibertyGroup } from "./parse.ts";
import { libraryUnits, tidy } from "./units.ts";

/** What the flow asks of a cell; kept beside the prepared libraries, so that they are parsed once. */
export const cellFactsSchema = z.object({
  name: z.string(),
  /** Square micrometres. */
  area: z.number(),
  /** `flipFlop`: an `ff` group; `latch`: a `latch` or `statetable` one (clock gates too). */
  storage: z.enum(["none", "flipFlop", "latch"]),
  /** A flip-flop that synthesis can map to: its inputs are a rising clock, the next state, and what clears or presets it. */
  register: z.strictObject({ clear: z.boolean(), preset: z.boolean() }).optional(),
  /** The library forbids it to tools that choose cells (`dont_use : true`). */
  dontUse: z.boolean(),
  inputs: z.array(z.object({ name: z.string(), capacitanceFf: z.number() })),
  outputs: z.array(z.object({ name: z.string(), function: z.string().optional() })),
});
export type CellFacts = z.infer<typeof cellFactsSchema>;

export function cellsOf(library: LibertyGroup): CellFacts[] {
  const { femtofarads } = libraryUnits(library);
  return library.groups.filter((group) => group.type === "cell").map((cell) => factsOf(cell, femtofarads));
}

function factsOf(cell: LibertyGroup, femtofarads: number): CellFacts {
  const pins = [...pinsOf(cell)];
  const register = registerOf(cell);
  const has = (type: string): boolean => cell.groups.some((group) => group.type === type);
  return {
    name: cell.args[0] ?? "",
    area: Number(cell.simple.get("area") ?? 0),
    storage: has("ff") || has("ff_bank") ? "flipFlop" : has("latch") || has("statetable") ? "latch" : "none",
    ...(register === undefined ? {} : { register }),
    dontUse: cell.simple.get("dont_use") === "true",
    inputs: pins
      .filter((pin) => pin.simple.get("direction") === "input")
      .map((pin) => ({
        name: pin.args[0] ?? "",
        capacitanceFf: tidy(Number(pin.simple.get("capacitance") ?? 0) * femtofarads),
      })),
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

/** Undefined for a cell that is no flip-flop, or one with more inputs than synthesis knows to use (scan, an enable). */
function registerOf(cell: LibertyGroup): CellFacts["register"] {
  const { simple } = cell.groups.find(({ type }) => type === "ff") ?? {};
  const literal = (name: string): string | undefined => {
    const text = simple?.get(name);
    return text === undefined ? undefined : (/^!?(\w+)'?$/.exec(text.replace(/[()\s]/g, ""))?.[1] ?? text);
  };
  const clock = simple?.get("clocked_on")?.replace(/[()\s]/g, "");
  const [data, clear, preset] = ["next_state", "clear", "preset"].map(literal);
  if (clock === undefined || data === undefined) return undefined;
  const used = [clock, data, clear, preset].filter((pin) => pin !== undefined);
  const inputs = [...pinsOf(cell)]
    .filter((pin) => pin.simple.get("direction") === "input")
    .map(({ args: [name] }) => name);
  if (inputs.length !== used.length || used.some((pin) => !inputs.includes(pin))) return undefined;
  return { clear: clear !== undefined, preset: preset !== undefined };
}

/** Whether the cell does nothing but repeat its one input. */
export function isBuffer(cell: CellFacts): boolean {
  return truthTable(cell) === "01";
}

export function isInverter(cell: CellFacts): boolean {
  return truthTable(cell) === "10";
}

/** An AND of two inputs, any of these or the result inverted: all logic is made of such gates and inverters. */
export function isAndLike(cell: CellFacts): boolean {
  const table = truthTable(cell);
  return table?.length === 4 && ["0", "1"].some((value) => table.split(value).length === 2);
}

/** The values of the one output of a cell of one or two inputs, 0 to all ones at these; undefined for every other cell. */
function truthTable({ storage, inputs, outputs: [output, ...others] }: CellFacts): string | undefined {
  if (output?.function === undefined || others.length > 0 || storage !== "none") return undefined;
  if (inputs.length !== 1 && inputs.length !== 2) return undefined;
  const expression = expressionOf(output.function);
  if (expression === undefined) return undefined;
  const valueAt = (state: number): boolean =>
    evaluate(expression, (pin) => ((state >> inputs.findIndex(({ name }) => name === pin)) & 1) === 1);
  return Array.from({ length: 2 ** inputs.length }, (_, state) => (valueAt(state) ? "1" : "0")).join("");
}

/** Undefined for a text that is no expression: such a cell is for others to refuse, if it is used. */
function expressionOf(text: string): BooleanExpression | undefined {
  try {
    return parseBoolean(text);
  } catch (thrown) {
    if (thrown instanceof LibertyError) return undefined;
    throw thrown;
  }
}
