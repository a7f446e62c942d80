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

/**
 * An integrated clock gate: what its enables are at a rising edge of its clock decides whether the output pulses in the cycle
 * that begins there.
 */
const clockGateSchema = z.object({
  clock: z.string(),
  /** The clock is on where one of these is 1: the enable, and the input for tests where there is one. */
  enables: z.array(z.string()),
  output: z.string(),
});

/** What a cell computes, as the texts of its Liberty attributes; `parseBoolean` reads them. */
export const cellFunctionsSchema = z.object({
  name: z.string(),
  inputs: z.array(z.string()),
  outputs: z.array(z.object({ pin: z.string(), function: z.string() })),
  /** A flip-flop's. */
  register: registerSchema.optional(),
  clockGate: clockGateSchema.optional(),
  /** Why a simulation without delays cannot have the cell: the rest of a sentence that begins with its name. */
  refusal: z.string().optional(),
});
export type CellFunctions = z.infer<typeof cellFunctionsSchema>;
export type RegisterFunctions = z.infer<typeof registerSchema>;
export type ClockGateFunctions = z.infer<typeof clockGateSchema>;

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
  const clockGate = clockGateOf(cell, named("input"), named("output"));
  const refusal = clockGate === undefined ? refusalOf(cell, named("output").length - outputs.length) : undefined;
  return {
    name: cell.args[0] ?? "",
    inputs: named("input").map((pin) => pin.args[0] ?? ""),
    outputs: clockGate === undefined ? outputs : [],
    ...(clockGate === undefined ? {} : { clockGate }),
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

/**
 * Only of the kind whose latch takes all enables while the clock is low; there the pins' own attributes say everything, and
 * libraries describe the latch in different ways (a state table, or none).
 */
function clockGateOf(
  cell: LibertyGroup,
  inputs: readonly LibertyGroup[],
  outputs: readonly LibertyGroup[],
): ClockGateFunctions | undefined {
  const kind = cell.simple.get("clock_gating_integrated_cell");
  if (kind !== "latch_posedge" && kind !== "latch_posedge_precontrol") return undefined;
  const marked = (pins: readonly LibertyGroup[], ...marks: readonly string[]): string[] =>
    pins.filter(({ simple }) => marks.some((mark) => simple.get(mark) === "true")).map(({ args }) => args[0] ?? "");
  const [clock, ...otherClocks] = marked(inputs, "clock_gate_clock_pin");
  const enables = marked(inputs, "clock_gate_enable_pin", "clock_gate_test_pin");
  const [output] = marked(outputs, "clock_gate_out_pin");
  if (clock === undefined || otherClocks.length > 0 || enables.length === 0 || output === undefined) return undefined;
  if (inputs.length !== 1 + enables.length || outputs.length !== 1) return undefined;
  return { clock, enables, output };
}

function refusalOf(cell: LibertyGroup, outputsWithoutFunction: number): string | undefined {
  const has = (...types: readonly string[]): boolean => cell.groups.some(({ type }) => types.includes(type));
  if (has("latch", "latch_bank")) return "is a latch, which is open for a part of a cycle";
  if (has("statetable")) return "is described by a state table (a clock gate of another kind, say)";
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
