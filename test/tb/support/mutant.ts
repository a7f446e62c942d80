import type { Expression } from "../../../gen/hdl/expression.ts";
import type { Item, Module, Register } from "../../../gen/hdl/module.ts";

/** A defect: what drives a signal in place of what does, or what a register no longer does. */
export interface Defect {
  /** A wire or register, in each module that has one of that name, or in those alone whose names end in `module`. */
  readonly signal: string;
  readonly module?: string;
  readonly value?: (value: Expression) => Expression;
  readonly register?: Partial<Pick<Register, "reset" | "enable">>;
}

/** The design with a defect, for the interpreter. */
export function withDefect(module: Module, defect: Defect): Module {
  let hits = 0;
  const known = new Map<Module, Module>();
  const visit = (current: Module): Module => {
    const done = known.get(current);
    if (done !== undefined) return done;
    const items = current.items.map((item): Item => {
      if (item.kind === "instance") return { ...item, module: visit(item.module) };
      if (item.kind !== "wire" && item.kind !== "register") return item;
      if (item.signal.name !== defect.signal || !current.name.endsWith(defect.module ?? "")) return item;
      hits++;
      const change = defect.value ?? ((value: Expression) => value);
      return item.kind === "wire"
        ? { ...item, value: change(item.value) }
        : { ...item, next: change(item.next), ...defect.register };
    });
    const changed = { ...current, items, submodules: current.submodules.map(visit) };
    known.set(current, changed);
    return changed;
  };
  const mutant = visit(module);
  if (hits === 0) throw new Error(`${module.name} has no ${defect.signal} to break; adapt the test to the generator`);
  return mutant;
}

/** An operand of an AND, an OR or an exclusive OR. */
export function operand(value: Expression, index: number): Expression {
  const found = value.kind === "logic" ? value.operands[index] : undefined;
  if (found === undefined)
    throw new Error(`the ${value.kind} has no operand ${index}; adapt the test to the generator`);
  return found;
}
