import { operandsOf, type Expression, type Signal } from "../gen/hdl/expression.ts";
import { definedBy } from "../gen/hdl/check.ts";
import { compileOrder, inputsOf, outputsOf, type Item, type Module, type Register } from "../gen/hdl/module.ts";

/** One thing that is wrong with a design: what drives a signal in place of what does, or what a register no longer does. */
export interface Defect {
  /** A wire, a register or an output port. */
  readonly signal: string;
  /** What the name of its module ends with, if others have one of that name as well. */
  readonly module?: string;
  readonly value?: (value: Expression, module: Module) => Expression;
  readonly register?: (register: Register, module: Module) => Partial<Pick<Register, "reset" | "enable">>;
}

/**
 * The design with a defect in one of its modules.
 * @throws Error if there is not exactly one such signal: the generator has changed, and so must the defect
 */
export function withDefect(root: Module, defect: Defect): Module {
  const { signal, module = "" } = defect;
  const places = compileOrder(root).filter(({ name }) => name.endsWith(module));
  const [place, ...others] = places.filter((candidate) => drivenIn(candidate).includes(signal));
  if (place === undefined) {
    const where = places.length === 0 ? `no module *${module}` : `no ${signal} in ${names(places)}`;
    throw new Error(`${root.name} has ${where} to break; adapt the defect to the generator`);
  }
  if (others.length > 0) {
    throw new Error(`${root.name} has ${signal} in ${names([place, ...others])}; say in which module to break it`);
  }
  const known = new Map<Module, Module>();
  const visit = (module: Module): Module => {
    const done = known.get(module);
    if (done !== undefined) return done;
    const inside = (item: Item): Item => (item.kind === "instance" ? { ...item, module: visit(item.module) } : item);
    const copy = { ...module, items: module.items.map(inside), submodules: module.submodules.map(visit) };
    const changed = module.name === place.name ? brokenModule(copy, defect) : copy;
    known.set(module, changed);
    return changed;
  };
  return visit(root);
}

const names = (modules: readonly Module[]): string => modules.map(({ name }) => name).join(", ");

function drivenIn(module: Module): string[] {
  const wires = module.items.filter(({ kind }) => kind === "wire" || kind === "register");
  return [...wires.flatMap(definedBy), ...outputsOf(module).map((port) => port.signal)].map(({ name }) => name);
}

function brokenModule(module: Module, { signal, value = (right) => right, register }: Defect): Module {
  const items = module.items.map((item): Item => {
    if ((item.kind !== "wire" && item.kind !== "register") || item.signal.name !== signal) return item;
    if (item.kind === "register") return { ...item, next: value(item.next, module), ...register?.(item, module) };
    if (register !== undefined) throw new Error(`${signal} of ${module.name} is no register; adapt the defect`);
    return { ...item, value: value(item.value, module) };
  });
  const ports = module.ports.map((port) =>
    port.direction === "output" && port.signal.name === signal ? { ...port, driver: value(port.driver, module) } : port,
  );
  return { ...module, items, ports };
}

/** An operand of an expression: a part of a concatenation, one side of an AND. */
export function operand(value: Expression, index: number): Expression {
  const found = operandsOf(value)[index];
  if (found === undefined) {
    throw new Error(`the ${value.kind} has no operand ${index}; adapt the defect to the generator`);
  }
  return found;
}

/** An AND, an OR, an exclusive OR or a concatenation with another operand in place of one of its own. */
export function withOperand(value: Expression, index: number, other: (own: Expression) => Expression): Expression {
  const changed = (all: readonly Expression[]): readonly Expression[] =>
    all.map((own, at) => (at === index ? other(operand(value, index)) : own));
  if (value.kind === "logic") return { ...value, operands: changed(value.operands) };
  if (value.kind === "concat") return { ...value, parts: changed(value.parts) };
  throw new Error(`a ${value.kind} is no list of operands; adapt the defect to the generator`);
}

/** An AND, an OR or an exclusive OR of one operand fewer. */
export function withoutOperand(value: Expression, index: number): Expression {
  operand(value, index);
  if (value.kind !== "logic") throw new Error(`a ${value.kind} has no operands to spare; adapt the defect`);
  const operands = value.operands.filter((_, at) => at !== index);
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { ...value, operands };
}

/** A signal of a module by its name. */
export function signalIn(module: Module, name: string): Signal {
  const signals = [...inputsOf(module).map(({ signal }) => signal), ...module.items.flatMap(definedBy)];
  const found = signals.find((signal) => signal.name === name);
  if (found === undefined) throw new Error(`${module.name} has no ${name}; adapt the defect to the generator`);
  return found;
}

/** What a register, or a place of a delay line, takes: its own value a cycle early. */
export function takenBy(register: Expression, module: Module): Expression {
  if (register.kind === "slice" && register.signal.line !== undefined) {
    const { signal, width, high, low } = register;
    return low === 0 ? register.signal.line : { ...register, signal, high: high - width, low: low - width };
  }
  const found = module.items.find((item) => item.kind === "register" && item.signal === register);
  if (found?.kind !== "register") {
    throw new Error(`the ${register.kind} is no register of ${module.name}; adapt the defect to the generator`);
  }
  return found.next;
}
