import type { Comparison, Expression, Memory, Signal } from "../../../../gen/hdl/expression.ts";

export interface Values {
  readonly of: (signal: Signal) => bigint;
  readonly word?: (memory: Memory, address: bigint) => bigint;
}

/** What an expression is, as SystemVerilog's operators are defined on unsigned numbers: one operator at a time, in BigInt. */
export function plainValue(expression: Expression, values: Values): bigint {
  const value = (part: Expression): bigint => plainValue(part, values);
  const { width } = expression;
  switch (expression.kind) {
    case "constant":
      return expression.value;
    case "signal":
      return values.of(expression);
    case "slice":
      return BigInt.asUintN(width, values.of(expression.signal) >> BigInt(expression.low));
    case "not":
      return BigInt.asUintN(width, ~value(expression.operand));
    case "logic": {
      const { operator } = expression;
      const operands = expression.operands.map(value);
      return operands.reduce((a, b) => (operator === "and" ? a & b : operator === "or" ? a | b : a ^ b));
    }
    case "arithmetic": {
      const [a, b] = [value(expression.left), value(expression.right)];
      return BigInt.asUintN(width, { add: a + b, sub: a - b, mul: a * b }[expression.operator]);
    }
    case "comparison":
      return compared(expression, value(expression.left), value(expression.right)) ? 1n : 0n;
    case "reduction": {
      const ones = value(expression.operand).toString(2).replaceAll("0", "").length;
      const { operator, operand } = expression;
      return BigInt(operator === "and" ? ones === operand.width : operator === "or" ? ones > 0 : ones % 2 === 1);
    }
    case "mux":
      return value(expression.select) === 1n ? value(expression.whenTrue) : value(expression.whenFalse);
    case "concat":
      return BigInt(`0b${expression.parts.map((part) => binary(value(part), part.width)).join("")}`);
    case "repeat":
      return BigInt(`0b${binary(value(expression.operand), expression.operand.width).repeat(expression.count)}`);
    case "shift": {
      const [operand, amount] = [value(expression.operand), value(expression.amount)];
      return BigInt.asUintN(width, expression.direction === "left" ? operand << amount : operand >> amount);
    }
    case "lookup":
      return expression.table.entries[Number(value(expression.address))] ?? 0n;
    case "memory read":
      return values.word?.(expression.memory, value(expression.address)) ?? 0n;
    default:
      return expression satisfies never;
  }
}

const binary = (value: bigint, width: number): string => value.toString(2).padStart(width, "0");

function compared({ operator, signed, left }: Comparison, first: bigint, second: bigint): boolean {
  const [a, b] = [first, second].map((value) => (signed ? BigInt.asIntN(left.width, value) : value)) as [
    bigint,
    bigint,
  ];
  return { eq: a === b, ne: a !== b, lt: a < b, le: a <= b, gt: a > b, ge: a >= b }[operator];
}
