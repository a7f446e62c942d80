import { HdlError, operandsOf, type Expression, type Signal, type TablePackage } from "./expression.ts";
import type { Item, Module } from "./module.ts";

/** Checks what can only be seen once the module is whole: every declared bit is read. */
export function checkModule(module: Module): void {
  const read = new Map<Signal, bigint>();
  for (const root of rootsOf(module)) markRead(root, read);
  for (const signal of declaredSignals(module)) {
    const all = (1n << BigInt(signal.width)) - 1n;
    const missing = all & ~(read.get(signal) ?? 0n);
    if (missing !== 0n) {
      throw new HdlError(
        `${module.name}: ${signal.name} has bits that nothing reads (mask ${missing.toString(2)}); ` +
          "drop them, or say with unused() why",
      );
    }
  }
}

function declaredSignals(module: Module): Signal[] {
  const inputs = module.ports.filter((port) => port.direction === "input").map((port) => port.signal);
  return [...inputs, ...module.items.flatMap(definedBy)];
}

/** The signals that an item declares. */
export function definedBy(item: Item): readonly Signal[] {
  switch (item.kind) {
    case "wire":
    case "register":
      return [item.signal];
    case "instance":
      return item.outputs.map((output) => output.value);
    case "memory":
    case "unused":
    case "assertion":
      return [];
    default:
      return item satisfies never;
  }
}

/** Every expression that an item evaluates. */
export function readBy(item: Item): readonly Expression[] {
  switch (item.kind) {
    case "wire":
      return [item.value];
    case "register":
      return item.enable === undefined ? [item.next] : [item.next, item.enable];
    case "instance":
      return item.inputs.map((input) => input.value);
    case "memory":
      return [item.write.enable, item.write.address, item.write.data];
    case "unused":
      return item.bits;
    case "assertion":
      return [item.when, item.condition];
    default:
      return item satisfies never;
  }
}

function rootsOf(module: Module): Expression[] {
  const outputs = module.ports.flatMap((port) => (port.direction === "output" ? [port.driver] : []));
  // An assertion is not hardware: a bit that only an assertion reads is unused in the chip.
  return [...outputs, ...module.items.filter((item) => item.kind !== "assertion").flatMap(readBy)];
}

function markRead(expression: Expression, read: Map<Signal, bigint>): void {
  if (expression.kind === "signal") {
    read.set(expression, (1n << BigInt(expression.width)) - 1n);
  } else if (expression.kind === "slice") {
    const mask = ((1n << BigInt(expression.high - expression.low + 1)) - 1n) << BigInt(expression.low);
    read.set(expression.signal, (read.get(expression.signal) ?? 0n) | mask);
  } else {
    for (const operand of operandsOf(expression)) markRead(operand, read);
  }
}

/** The packages whose tables a module reads. */
export function packagesOf(module: Module): TablePackage[] {
  const packages = new Set<TablePackage>();
  const visit = (expression: Expression): void => {
    if (expression.kind === "lookup") packages.add(expression.table.home);
    operandsOf(expression).forEach(visit);
  };
  module.items.flatMap(readBy).forEach(visit);
  return [...packages];
}
