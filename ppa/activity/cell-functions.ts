import { z } from "zod";
import type { LibertyGroup } from "../liberty/parse.ts";

/** What an asynchronous clear and preset together make of a state (`clear_preset_var1`): low, high; anything else is not simulated. */
const bothSchema = z.enum(["L", "H"]).optional();

const registerSchema = z.object({
  /** The state and its complement, as the functions of the outputs name them. */
  state: z.string(),
  complement: z.string(),
  clockedOn: z.string(),
  nextState: z.string(),
  clear: z.string().optional(),
  preset: z.string().optional(),
  stateOfBoth: bothSchema,
  complementOfBoth: bothSchema,
});

/** What a cell computes, as the texts of its Liberty attributes; `parseBoolean` reads them. */
export const cellFunctionsSchema = z.object({
  name: z.string(),
  inputs: z.array(z.string()),
  outputs: z.array(z.object({ pin: z.string(), function: z.string() })),
  /** A flip-flop's. */
  register: registerSchema.optional(),
  /** Why a simulation without delays cannot have the cell: the rest of a sentence that begins with its name. */
  refusal: z.string().optional(),
});
export type CellFunctions = z.infer<typeof cellFunctionsSchema>;
export type RegisterFunctions = z.infer<typeof registerSchema>;

/** The functions of every cell of a library. */
export function cellFunctionsIn(library: LibertyGroup): CellFunctions[] {
  return library.groups.filter((group) => group.type === "cell").map(functionsOf);
}

function functionsOf(cell: LibertyGroup): CellFunctions {
  const pins = cell.groups.filter((group) => group.type === "pin");
  const named = (direction: string): LibertyGroup[] =>
    pins.filter((pin) => pin.simple.get("direction") === direction && pin.args[0] !== undefined);
  const outputs = named("output").flatMap((pin) => {
    const text = pin.simple.get("function");
    return text === undefined ? [] : [{ pin: pin.args[0] ?? "", function: text }];
  });
  const register = cell.groups.find((group) => group.type === "ff");
  const refusal = refusalOf(cell, named("output").length - outputs.length);
  return {
    name: cell.args[0] ?? "",
    inputs: named("input").map((pin) => pin.args[0] ?? ""),
    outputs,
    ...(register === undefined ? {} : { register: registerOf(register) }),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

function registerOf(group: LibertyGroup): RegisterFunctions {
  const { simple, args } = group;
  const [clear, preset] = [simple.get("clear"), simple.get("preset")];
  const both = (variable: string): "L" | "H" | undefined => bothSchema.safeParse(simple.get(variable)).data;
  const [stateOfBoth, complementOfBoth] = [both("clear_preset_var1"), both("clear_preset_var2")];
  return {
    state: args[0] ?? "",
    complement: args[1] ?? "",
    clockedOn: simple.get("clocked_on") ?? "",
    nextState: simple.get("next_state") ?? "",
    ...(clear === undefined ? {} : { clear }),
    ...(preset === undefined ? {} : { preset }),
    ...(stateOfBoth === undefined ? {} : { stateOfBoth }),
    ...(complementOfBoth === undefined ? {} : { complementOfBoth }),
  };
}

function refusalOf(cell: LibertyGroup, outputsWithoutFunction: number): string | undefined {
  const has = (...types: readonly string[]): boolean => cell.groups.some(({ type }) => types.includes(type));
  if (has("latch", "latch_bank")) return "is a latch, which is open for a part of a cycle";
  if (has("statetable")) return "is described by a state table (a clock gate, say)";
  if (has("bus", "bundle", "ff_bank")) return "has buses of pins";
  if (cell.groups.some(({ type, simple }) => type === "pin" && simple.has("three_state"))) {
    return "has an output that can be left floating";
  }
  if (cell.groups.some(({ type, simple }) => type === "pin" && simple.get("direction") === "inout")) {
    return "has a pin that is both input and output";
  }
  if (outputsWithoutFunction > 0) return "has an output whose function the library does not state";
  return undefined;
}
