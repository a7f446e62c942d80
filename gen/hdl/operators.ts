import {
  aligned,
  describe,
  HdlError,
  type Arithmetic,
  type Comparison,
  type Constant,
  type Expression,
  type Lookup,
  type Memory,
  type MemoryRead,
  type Signal,
  type Size,
  type Table,
} from "./expression.ts";

/** The operators of the intermediate representation: each checks widths and brings its operands to one stage. */

export function constant(width: number, value: bigint | number): Constant {
  const wide = BigInt(value);
  if (!Number.isInteger(width) || width < 1) throw new HdlError(`constant: ${width} is no width; use 1 or more`);
  if (wide < 0n || wide >> BigInt(width) !== 0n) {
    throw new HdlError(`constant: ${wide} does not fit in ${width} bits; widen it`);
  }
  return { kind: "constant", width, stage: undefined, value: wide };
}

/** A number that follows from parameters, in as many bits as they say. */
export const sized = (width: Size, value: Size): Constant => ({
  ...constant(width.value, value.value),
  name: value.text === "0" ? "'0" : `${width.text}'(${value.text})`,
});

export const zero = (width: number): Constant => constant(width, 0n);
export const ones = (width: number): Constant => constant(width, (1n << BigInt(width)) - 1n);

function sameWidth(operator: string, left: Expression, right: Expression): void {
  if (left.width !== right.width) {
    throw new HdlError(
      `${operator}: ${describe(left)} is ${left.width} bits but ${describe(right)} is ${right.width}; zext() one of them`,
    );
  }
}

function oneBit(operator: string, operand: Expression): void {
  if (operand.width !== 1) {
    throw new HdlError(`${operator}: ${describe(operand)} is ${operand.width} bits; compare or reduce it to one bit`);
  }
}

export function not(operand: Expression): Expression {
  return { kind: "not", width: operand.width, stage: operand.stage, operand };
}

function logic(operator: "and" | "or" | "xor", operands: readonly Expression[]): Expression {
  const [first, ...rest] = operands;
  if (first === undefined) throw new HdlError(`${operator}: there are no operands; give at least one`);
  if (rest.length === 0) return first;
  for (const other of rest) sameWidth(operator, first, other);
  const { stage, operands: moved } = aligned(operator, operands);
  return { kind: "logic", operator, width: first.width, stage, operands: moved };
}
export const and = (...operands: readonly Expression[]): Expression => logic("and", operands);
export const or = (...operands: readonly Expression[]): Expression => logic("or", operands);
export const xor = (...operands: readonly Expression[]): Expression => logic("xor", operands);

function arithmetic(name: string, operator: Arithmetic["operator"], left: Expression, right: Expression): Expression {
  sameWidth(name, left, right);
  const { stage, operands } = aligned(name, [left, right] as const);
  return { kind: "arithmetic", operator, width: left.width, stage, left: operands[0], right: operands[1] };
}

/** Sum with its carry: one bit wider than the operands, so it cannot overflow. */
export function add(left: Expression, right: Expression): Expression {
  sameWidth("add", left, right);
  return arithmetic("add", "add", zext(left, left.width + 1), zext(right, right.width + 1));
}
/** Difference with its borrow as the top bit: in two's complement, the sign of left - right. */
export function sub(left: Expression, right: Expression): Expression {
  sameWidth("sub", left, right);
  return arithmetic("sub", "sub", zext(left, left.width + 1), zext(right, right.width + 1));
}
/** Sum modulo 2^width: the author knows that it does not overflow, or wants it to wrap. */
export const addWrap = (left: Expression, right: Expression): Expression => arithmetic("addWrap", "add", left, right);
/** Difference modulo 2^width. */
export const subWrap = (left: Expression, right: Expression): Expression => arithmetic("subWrap", "sub", left, right);
/** Full product: as wide as both operands together. */
export function mul(left: Expression, right: Expression): Expression {
  const width = left.width + right.width;
  return arithmetic("mul", "mul", zext(left, width), zext(right, width));
}

function compare(
  operator: Comparison["operator"],
  left: Expression,
  right: Expression,
  signed: "unsigned" | "signed",
): Expression {
  sameWidth(operator, left, right);
  const { stage, operands } = aligned(operator, [left, right] as const);
  return {
    kind: "comparison",
    operator,
    signed: signed === "signed",
    width: 1,
    stage,
    left: operands[0],
    right: operands[1],
  };
}
type Signedness = "unsigned" | "signed";
export const eq = (left: Expression, right: Expression): Expression => compare("eq", left, right, "unsigned");
export const ne = (left: Expression, right: Expression): Expression => compare("ne", left, right, "unsigned");
export const lt = (left: Expression, right: Expression, as: Signedness = "unsigned"): Expression =>
  compare("lt", left, right, as);
export const le = (left: Expression, right: Expression, as: Signedness = "unsigned"): Expression =>
  compare("le", left, right, as);
export const gt = (left: Expression, right: Expression, as: Signedness = "unsigned"): Expression =>
  compare("gt", left, right, as);
export const ge = (left: Expression, right: Expression, as: Signedness = "unsigned"): Expression =>
  compare("ge", left, right, as);

function reduce(operator: "and" | "or" | "xor", operand: Expression): Expression {
  return { kind: "reduction", operator, width: 1, stage: operand.stage, operand };
}
/** Is any bit set? */
export const orReduce = (operand: Expression): Expression => reduce("or", operand);
/** Are all bits set? */
export const andReduce = (operand: Expression): Expression => reduce("and", operand);
export const xorReduce = (operand: Expression): Expression => reduce("xor", operand);

export function mux(select: Expression, whenTrue: Expression, whenFalse: Expression): Expression {
  oneBit("mux select", select);
  sameWidth("mux", whenTrue, whenFalse);
  const { stage, operands } = aligned("mux", [select, whenTrue, whenFalse] as const);
  return {
    kind: "mux",
    width: whenTrue.width,
    stage,
    select: operands[0],
    whenTrue: operands[1],
    whenFalse: operands[2],
  };
}

/** Parts joined, the most significant first. */
export function concat(...parts: readonly Expression[]): Expression {
  const [first, ...rest] = parts;
  if (first === undefined) throw new HdlError("concat: there are no parts; give at least one");
  if (rest.length === 0) return first;
  const { stage, operands } = aligned("concat", parts);
  return { kind: "concat", width: parts.reduce((sum, part) => sum + part.width, 0), stage, parts: operands };
}

/** One bit or vector, `count` times over. */
export function repeat(operand: Expression, count: number): Expression {
  if (count === 1) return operand;
  return { kind: "repeat", width: operand.width * count, stage: operand.stage, operand, count };
}

/** Bits `high` to `low`, both included. Only a name can be indexed in SystemVerilog, so only a signal can here. */
export function slice(operand: Expression, high: number, low: number): Expression {
  if (operand.kind === "constant") {
    return constant(high - low + 1, (operand.value >> BigInt(low)) & ((1n << BigInt(high - low + 1)) - 1n));
  }
  if (
    operand.kind === "slice" &&
    operand.signal.line !== undefined &&
    0 <= low &&
    low <= high &&
    high < operand.width
  ) {
    return { ...operand, width: high - low + 1, high: operand.low + high, low: operand.low + low };
  }
  if (operand.kind !== "signal") {
    throw new HdlError(`slice: ${describe(operand)} cannot be indexed; name it with let() first`);
  }
  if (!(0 <= low && low <= high && high < operand.width)) {
    throw new HdlError(`slice: ${operand.name} has bits ${operand.width - 1} to 0, not ${high} to ${low}`);
  }
  if (low === 0 && high === operand.width - 1) return operand;
  return { kind: "slice", width: high - low + 1, stage: operand.stage, signal: operand, high, low };
}
export const bit = (operand: Expression, index: number): Expression => slice(operand, index, index);
/** The most significant bit. */
export const msb = (operand: Expression): Expression => bit(operand, operand.width - 1);

function shift(direction: "left" | "right", operand: Expression, amount: Expression): Expression {
  const { stage, operands } = aligned(`shift ${direction}`, [operand, amount] as const);
  return { kind: "shift", direction, width: operand.width, stage, operand: operands[0], amount: operands[1] };
}
/** Shift towards the most significant bit; bits shifted out are lost, zeros come in. */
export const shiftLeft = (operand: Expression, amount: Expression): Expression => shift("left", operand, amount);
/** Shift towards the least significant bit; bits shifted out are lost, zeros come in. */
export const shiftRight = (operand: Expression, amount: Expression): Expression => shift("right", operand, amount);

/** Zero-extension to a width. */
export function zext(operand: Expression, width: number): Expression {
  if (width < operand.width) {
    throw new HdlError(`zext: ${describe(operand)} has ${operand.width} bits, more than ${width}; slice() narrows`);
  }
  if (operand.kind === "constant" && operand.name === undefined) return constant(width, operand.value);
  return width === operand.width ? operand : concat(zero(width - operand.width), operand);
}

/** Two's complement sign extension to a width. */
export function sext(operand: Signal, width: number): Expression {
  if (width < operand.width) {
    throw new HdlError(`sext: ${operand.name} has ${operand.width} bits, more than ${width}; slice() narrows`);
  }
  return width === operand.width ? operand : concat(repeat(msb(operand), width - operand.width), operand);
}

/** The entry of a constant table at an address. */
export function lookup(table: Table, address: Expression): Lookup {
  if (address.width !== table.addressWidth) {
    throw new HdlError(
      `lookup: ${table.name} takes ${table.addressWidth} address bits but ${describe(address)} has ${address.width}`,
    );
  }
  if (table.entries.length !== 2 ** table.addressWidth) {
    throw new HdlError(
      `lookup: ${table.name} has ${table.entries.length} entries; ${2 ** table.addressWidth} are needed`,
    );
  }
  return { kind: "lookup", width: table.width, stage: address.stage, table, address };
}

export function readMemory(memory: Memory, address: Expression): MemoryRead {
  if (address.stage !== undefined && address.stage !== memory.stage) {
    throw new HdlError(
      `read of ${memory.name}: ${describe(address)} is true at stage ${address.stage}, the memory at ${memory.stage}`,
    );
  }
  return { kind: "memory read", width: memory.width, stage: memory.stage, memory, address };
}
