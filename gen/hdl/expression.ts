import { UserError } from "../host/user-error.ts";

/**
 * The expressions of the intermediate representation: about a dozen node kinds over unsigned bit vectors.
 *
 * Every node knows its width and the pipeline stage at which its value is true (constants hold at every stage).
 * Results are sized so that they cannot truncate; narrowing is explicit (`slice`, `addWrap`, `subWrap`).
 * Both operands of an operator have the same width, so that SystemVerilog's context rules have nothing to decide.
 */
export type Expression =
  | Constant
  | Signal
  | Not
  | Logic
  | Arithmetic
  | Comparison
  | Reduction
  | Mux
  | Concat
  | Repeat
  | Slice
  | Shift
  | Lookup
  | MemoryRead;

interface Node {
  /** Bits. */
  readonly width: number;
  /** Cycles after the module's inputs at which the value is true; undefined where it is true at all of them. */
  readonly stage: number | undefined;
}

/**
 * A number that a module is elaborated at, and what its text says instead: a parameter, or what follows from one. The text
 * has to give the number when the parameters have the values of this elaboration.
 */
export interface Size {
  readonly value: number;
  readonly text: string;
}

export interface Constant extends Node {
  readonly kind: "constant";
  readonly value: bigint;
  /** What the text says: the `localparam` that names it, or what follows from a parameter; a literal if it is undefined. */
  readonly name?: string;
}

/** A named value of one module: what a line of the emitted text declares. */
export interface Signal extends Node {
  readonly kind: "signal";
  readonly name: string;
  readonly stage: number;
  /** Width of one lane where the signal is a packed array over the module's lanes. */
  readonly laneWidth?: number;
  /** The width as the text says it, if that follows from a parameter. */
  readonly widthText?: string;
  /** What a delay line holds: one place for each cycle, the latest in the lowest. */
  readonly line?: Signal;
  /** Control (valid, state) as opposed to data: its delay registers are reset. */
  readonly control: boolean;
  /** The module under construction, which makes the signal's delay registers. */
  readonly owner: DelayLine;
}

/** What a signal needs of its module: itself, some stages later. */
export interface DelayLine {
  delayed(signal: Signal, stages: number): Signal;
}

export interface Not extends Node {
  readonly kind: "not";
  readonly operand: Expression;
}
export interface Logic extends Node {
  readonly kind: "logic";
  readonly operator: "and" | "or" | "xor";
  readonly operands: readonly Expression[];
}
/** Modular arithmetic at the operands' own width; `add`, `sub` and `mul` extend the operands first. */
export interface Arithmetic extends Node {
  readonly kind: "arithmetic";
  readonly operator: "add" | "sub" | "mul";
  readonly left: Expression;
  readonly right: Expression;
}
export interface Comparison extends Node {
  readonly kind: "comparison";
  readonly operator: "eq" | "ne" | "lt" | "le" | "gt" | "ge";
  readonly signed: boolean;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Reduction extends Node {
  readonly kind: "reduction";
  readonly operator: "and" | "or" | "xor";
  readonly operand: Expression;
}
export interface Mux extends Node {
  readonly kind: "mux";
  readonly select: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}
/** Parts from the most significant to the least, as written. */
export interface Concat extends Node {
  readonly kind: "concat";
  readonly parts: readonly Expression[];
}
export interface Repeat extends Node {
  readonly kind: "repeat";
  readonly operand: Expression;
  readonly count: number;
}
export interface Slice extends Node {
  readonly kind: "slice";
  readonly signal: Signal;
  readonly high: number;
  readonly low: number;
}
export interface Shift extends Node {
  readonly kind: "shift";
  readonly direction: "left" | "right";
  readonly operand: Expression;
  readonly amount: Expression;
}
/** A constant table, emitted as a function with one case per entry. */
export interface Table {
  /** The package whose file holds it. */
  readonly home: TablePackage;
  readonly name: string;
  readonly comment: string;
  readonly addressWidth: number;
  readonly width: number;
  /** One entry per address. */
  readonly entries: readonly bigint[];
}
/** Tables in a file of their own, for all modules that read them. */
export interface TablePackage {
  readonly name: string;
  /** What the comment at the top of the file says. */
  readonly purpose: string;
  readonly tables: readonly Table[];
}
export interface Lookup extends Node {
  readonly kind: "lookup";
  readonly table: Table;
  readonly address: Expression;
}
/** A memory of one write port; reads are combinational (register the result for a synchronous read). */
export interface Memory {
  readonly name: string;
  readonly depth: number;
  readonly width: number;
  readonly stage: number;
  /** Both as the text says them, if they follow from parameters. */
  readonly depthText?: string;
  readonly widthText?: string;
}
export interface MemoryRead extends Node {
  readonly kind: "memory read";
  readonly memory: Memory;
  readonly address: Expression;
}

/** A package of tables, each of which knows it. */
export function tablePackage(
  name: string,
  purpose: string,
  tables: readonly Omit<Table, "home">[],
): TablePackage & { readonly tables: readonly Table[] } {
  const known: Table[] = [];
  const home: TablePackage = { name, purpose, tables: known };
  known.push(...tables.map((table) => ({ ...table, home })));
  return home;
}

/** How an expression is called in an error sentence. */
export function describe(expression: Expression): string {
  switch (expression.kind) {
    case "signal":
      return expression.name;
    case "constant":
      return expression.name ?? `the constant ${expression.value}`;
    case "slice":
      return `${expression.signal.name}[${expression.high}:${expression.low}]`;
    case "lookup":
      return `the lookup in ${expression.table.name}`;
    case "memory read":
      return `the read of ${expression.memory.name}`;
    case "logic":
    case "arithmetic":
    case "comparison":
    case "reduction":
      return `the unnamed "${expression.operator}"`;
    case "not":
    case "mux":
    case "concat":
    case "repeat":
    case "shift":
      return `the unnamed "${expression.kind}"`;
    default:
      return expression satisfies never;
  }
}

/** The expressions that a node is made of. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "constant":
    case "signal":
      return [];
    case "slice":
      return [expression.signal];
    case "not":
    case "reduction":
    case "repeat":
      return [expression.operand];
    case "logic":
      return expression.operands;
    case "concat":
      return expression.parts;
    case "arithmetic":
    case "comparison":
      return [expression.left, expression.right];
    case "mux":
      return [expression.select, expression.whenTrue, expression.whenFalse];
    case "shift":
      return [expression.operand, expression.amount];
    case "lookup":
    case "memory read":
      return [expression.address];
    default:
      return expression satisfies never;
  }
}

/** The generator was asked for hardware that makes no sense: the sentence names the signals and the remedy. */
export class HdlError extends UserError {}

/** The stage at which all of the expressions are true together. */
export function commonStage(expressions: readonly Expression[]): number | undefined {
  let latest: number | undefined;
  for (const { stage } of expressions) {
    if (stage !== undefined && (latest === undefined || stage > latest)) latest = stage;
  }
  return latest;
}

/** The operands moved to one stage: an earlier one is delayed by registers, which its module makes and shares. */
export function aligned<T extends readonly Expression[]>(
  operator: string,
  operands: T,
): { readonly stage: number | undefined; readonly operands: { [K in keyof T]: Expression } } {
  const stage = commonStage(operands);
  const moved = operands.map((operand) => atStage(operator, operand, stage));
  return { stage, operands: moved as { [K in keyof T]: Expression } };
}

/** The expression delayed to a stage; only what has a name can be registered (an inverter or a fan-out follows its register). */
export function atStage(operator: string, operand: Expression, stage: number | undefined): Expression {
  if (operand.stage === undefined || stage === undefined || operand.stage === stage) return operand;
  if (operand.stage > stage) {
    throw new HdlError(
      `${operator}: ${describe(operand)} is true at stage ${operand.stage}, after stage ${stage}; a value cannot go back`,
    );
  }
  if (operand.kind === "not" || operand.kind === "repeat") {
    return { ...operand, stage, operand: atStage(operator, operand.operand, stage) };
  }
  if (operand.kind !== "signal") {
    throw new HdlError(
      `${operator}: ${describe(operand)} is true at stage ${operand.stage} but its partner at stage ${stage}; ` +
        `name it with let(), so that its registers have a name`,
    );
  }
  return operand.owner.delayed(operand, stage - operand.stage);
}
