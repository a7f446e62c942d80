import type { Constant, Expression, Memory, Signal, Size } from "./expression.ts";

/** A finished module: plain data that the emitter prints and the interpreter runs. */
export interface Module {
  readonly name: string;
  readonly header: Header;
  /** In the order of the text. The module is an elaboration at their values, its text is written over their names. */
  readonly parameters: readonly Parameter[];
  /** Elements per beat of a module that has lanes, and how the text writes them: as a number, or as a parameter. */
  readonly lanes: Size | undefined;
  readonly clocking: Clocking;
  readonly ports: readonly Port[];
  readonly localparams: readonly Localparam[];
  readonly sizes: readonly DerivedSize[];
  /** The cuts that exist, by the stage that their registers lead into. */
  readonly cutsInto: ReadonlyMap<number, string>;
  readonly items: readonly Item[];
  /** The modules that this one instantiates, each once, in the order of their first use. */
  readonly submodules: readonly Module[];
}

/** `parameter int`: equal modules but for its value share one text, whose default is always the same. */
export interface Parameter {
  readonly name: string;
  /** In this elaboration. */
  readonly value: number;
  readonly default: number;
  readonly comment: string;
}

/** `localparam int`: a number that follows from the parameters. */
export interface DerivedSize {
  readonly name: string;
  readonly text: string;
}

/** What the comment at the top of the file says. */
export interface Header {
  /** One sentence: what the module is. */
  readonly purpose: string;
  /** Further lines: the equation, the cuts, what the module does not do; each is a line or wrapped paragraph. */
  readonly notes: readonly string[];
}

export interface Clocking {
  readonly clock: string;
  readonly reset: string;
  readonly hasClock: boolean;
  readonly hasReset: boolean;
}

export type Port = InputPort | OutputPort;
export interface InputPort {
  readonly direction: "input";
  readonly signal: Signal;
  readonly comment: string;
}
export interface OutputPort {
  readonly direction: "output";
  readonly signal: Signal;
  readonly driver: Expression;
  readonly comment: string;
}

export interface Localparam {
  readonly constant: Constant & { readonly name: string };
  readonly comment: string;
}

/** Where an item stands in the text: under which heading, if any. */
export interface Placement {
  readonly section: Section | undefined;
  readonly comment: string;
}
export interface Section {
  readonly title: string;
}

export type Item = Wire | Register | Instance | MemoryBlock | Unused | Assertion;

export interface Wire extends Placement {
  readonly kind: "wire";
  readonly signal: Signal;
  readonly value: Expression;
}

/** A flip-flop: a pipeline register (made by a cut or for balance) or a state element (feedback). */
export interface Register extends Placement {
  readonly kind: "register";
  readonly role: "pipeline" | "state";
  readonly signal: Signal;
  readonly next: Expression;
  /** Loads only when this is true; always where it is undefined. */
  readonly enable: Expression | undefined;
  /** Value after reset; undefined where the register is not reset (data). */
  readonly reset: bigint | undefined;
}

export interface Instance extends Placement {
  readonly kind: "instance";
  readonly name: string;
  readonly module: Module;
  /** The stage of the parent at which stage 0 of the instance stands. */
  readonly stage: number;
  /** One copy per lane, in a generate loop of this label. */
  readonly replicated: { readonly label: string; readonly count: number } | undefined;
  readonly inputs: readonly Connection[];
  readonly outputs: readonly (Connection & { readonly value: Signal })[];
}
export interface Connection {
  readonly port: string;
  readonly value: Expression;
  /** Whether each lane has its own slice of the value (a packed array), or all share it. */
  readonly perLane: boolean;
}

export interface MemoryBlock extends Placement {
  readonly kind: "memory";
  readonly memory: Memory;
  readonly write: { readonly enable: Expression; readonly address: Expression; readonly data: Expression };
}

/** Bits that are not read on purpose, and why. */
export interface Unused extends Placement {
  readonly kind: "unused";
  readonly name: string;
  readonly bits: readonly Expression[];
  readonly stage: number;
}

/** What must hold, when it applies, at a rising clock edge in simulation, out of reset. */
export interface Assertion extends Placement {
  readonly kind: "assertion";
  readonly name: string;
  readonly when: Expression;
  readonly condition: Expression;
  /** Printed when it fails: a sentence. */
  readonly message: string;
  readonly stage: number;
}

export function portOf(module: Module, name: string): Port {
  const port = module.ports.find((candidate) => candidate.signal.name === name);
  if (port === undefined) throw new Error(`${module.name} has no port ${name}`);
  return port;
}

/** Cycles from input to output: the latest stage of an output port. */
export function latencyOf(module: Module): number {
  return Math.max(0, ...outputsOf(module).map((port) => port.signal.stage));
}

export const inputsOf = (module: Module): InputPort[] =>
  module.ports.filter((port): port is InputPort => port.direction === "input");
export const outputsOf = (module: Module): OutputPort[] =>
  module.ports.filter((port): port is OutputPort => port.direction === "output");

/** The module and all below it, children before parents; of modules that differ in parameters alone, one. */
export function compileOrder(module: Module): Module[] {
  const byName = new Map(allModules(module).map((current) => [current.name, current]));
  return [...byName.values()];
}

/** The module and all below it, each elaboration once, children before parents: the order in which tools compile them. */
export function allModules(module: Module): Module[] {
  const order = new Set<Module>();
  const visit = (current: Module): void => {
    if (order.has(current)) return;
    current.submodules.forEach(visit);
    order.add(current);
  };
  visit(module);
  return [...order];
}
