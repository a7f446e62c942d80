import type { CircuitBuilder } from "../../gen/hdl/circuit/builder.ts";
import { constantLiteral, invert, low, type Literal } from "../../gen/hdl/circuit/graph.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { parseBoolean, pinsIn, type BooleanExpression } from "../liberty/boolean.ts";
import { LibertyError } from "../liberty/error.ts";
import type { CellFunctions, ClockGateFunctions, RegisterFunctions } from "./cell-functions.ts";
import type { CellLibrary } from "./library.ts";

/** A cell ready to be built from gates. */
export interface CellLogic {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly { readonly pin: string; readonly expression: BooleanExpression }[];
  readonly register: RegisterLogic | undefined;
  readonly clockGate: ClockGateFunctions | undefined;
  /** The inputs that the outputs follow within a cycle: of a flip-flop, its asynchronous controls. */
  readonly followed: readonly string[];
}

export interface RegisterLogic {
  readonly clockPin: string;
  readonly next: BooleanExpression;
  readonly clear: BooleanExpression | undefined;
  readonly preset: BooleanExpression | undefined;
  readonly functions: RegisterFunctions;
}

/**
 * The logic of a library's cells, each parsed at its first use.
 * @throws UserError where the library lacks the cell, or it has no place in a simulation by cycles
 */
export function logicOf({ name: library, cells }: CellLibrary): (cell: string) => CellLogic {
  const known = new Map<string, CellLogic>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const functions = cells.get(name);
    if (functions === undefined) {
      throw new UserError(`the netlist has a cell ${name}, which the libraries of ${library} lack; map it again`);
    }
    const logic = parsed(functions, library);
    known.set(name, logic);
    return logic;
  };
}

function parsed(functions: CellFunctions, library: string): CellLogic {
  const refuse = (why: string): never => {
    throw new UserError(`${functions.name} of ${library} ${why}; activity needs netlists without it`);
  };
  if (functions.refusal !== undefined) return refuse(functions.refusal);
  const parse = (text: string): BooleanExpression => {
    try {
      return parseBoolean(text);
    } catch (thrown) {
      if (thrown instanceof LibertyError) return refuse(`has a function that cannot be read: ${thrown.message}`);
      throw thrown;
    }
  };
  const register = functions.register === undefined ? undefined : registerLogic(functions.register, parse, refuse);
  const outputs = functions.outputs.map((output) => ({ pin: output.pin, expression: parse(output.function) }));
  const within = [...outputs.map(({ expression }) => expression), register?.clear, register?.preset];
  const read = new Set(within.flatMap((part) => (part === undefined ? [] : pinsIn(part))));
  const stray = [...read].find((pin) => !functions.inputs.includes(pin) && !isState(functions.register, pin));
  if (stray !== undefined) refuse(`has a function of ${stray}, which is no input of it`);
  const followed = functions.inputs.filter((pin) => read.has(pin));
  const { name, inputs, clockGate } = functions;
  return { name, inputs, outputs, register, clockGate, followed };
}

function registerLogic(
  functions: RegisterFunctions,
  parse: (text: string) => BooleanExpression,
  refuse: (why: string) => never,
): RegisterLogic {
  const clock = parse(functions.clockedOn);
  if (clock.kind !== "pin") return refuse(`is clocked by ${functions.clockedOn}, not by a rising edge`);
  const { clear, preset } = functions;
  return {
    clockPin: clock.name,
    next: parse(functions.nextState),
    clear: clear === undefined ? undefined : parse(clear),
    preset: preset === undefined ? undefined : parse(preset),
    functions,
  };
}

const isState = (register: RegisterFunctions | undefined, name: string): boolean =>
  register !== undefined && (name === register.state || name === register.complement);

/** An expression as gates. */
export function expressionGates(
  gates: CircuitBuilder,
  expression: BooleanExpression,
  valueOf: (pin: string) => Literal,
): Literal {
  const build = (part: BooleanExpression): Literal => expressionGates(gates, part, valueOf);
  switch (expression.kind) {
    case "pin":
      return valueOf(expression.name);
    case "constant":
      return constantLiteral(expression.value);
    case "not":
      return invert(build(expression.of));
    case "and":
      return gates.and(build(expression.left), build(expression.right));
    case "or":
      return gates.or(build(expression.left), build(expression.right));
    case "xor":
      return gates.xor(build(expression.left), build(expression.right));
    default:
      return expression satisfies never;
  }
}

/** What a register shows within a cycle, and how its pins make its next state. */
export interface VisibleState {
  readonly state: Literal;
  readonly complement: Literal;
  /** The state with clear and preset in force. */
  forced(next: Literal): Literal;
}

/** The state of a register behind its asynchronous controls. */
export function visibleState(
  gates: CircuitBuilder,
  register: RegisterLogic,
  stored: Literal,
  valueOf: (pin: string) => Literal,
): VisibleState {
  const { clear, preset, functions } = register;
  const control = (part: BooleanExpression | undefined): Literal =>
    part === undefined ? low : expressionGates(gates, part, valueOf);
  const [cleared, set] = [control(clear), control(preset)];
  const both = gates.and(cleared, set);
  const force = (value: Literal, whenBoth: "L" | "H" | undefined): Literal => {
    const one = gates.mux(cleared, low, gates.or(set, value));
    return gates.mux(both, constantLiteral(whenBoth === "H"), one);
  };
  const state = force(stored, functions.stateOfBoth);
  // Where both act, state and complement may be equal; the complement is the state's otherwise.
  const complement = gates.mux(both, constantLiteral(functions.complementOfBoth === "H"), invert(state));
  return { state, complement, forced: (next) => force(next, functions.stateOfBoth) };
}
