import type { Arithmetic, Comparison, Expression, Signal } from "../../gen/hdl/expression.ts";
import { inverted, low, type GateBuilder, type Literal } from "./gates.ts";
import {
  addBits,
  bitwise,
  constantBits,
  equalBits,
  lessThan,
  lookUpBits,
  multiplyBits,
  muxBits,
  shiftBits,
  subtractBits,
  type Bits,
} from "./words.ts";

/** An expression of the generators' intermediate representation as gates; `valueOf` gives the bits of its signals. */
export function expressionBits(gates: GateBuilder, expression: Expression, valueOf: (signal: Signal) => Bits): Bits {
  const build = (part: Expression): Bits => expressionBits(gates, part, valueOf);
  const bit = (part: Expression): Literal => build(part)[0] ?? low;
  switch (expression.kind) {
    case "constant":
      return constantBits(expression.value, expression.width);
    case "signal":
      return valueOf(expression);
    case "slice":
      return valueOf(expression.signal).slice(expression.low, expression.high + 1);
    case "not":
      return build(expression.operand).map(inverted);
    case "logic": {
      const combine = operatorOf(gates, expression.operator);
      return expression.operands.map(build).reduce((left, right) => bitwise(left, right, combine));
    }
    case "arithmetic":
      return arithmetic(gates, expression.operator, build(expression.left), build(expression.right));
    case "comparison":
      return [comparison(gates, expression, build(expression.left), build(expression.right))];
    case "reduction":
      return [build(expression.operand).reduce(operatorOf(gates, expression.operator))];
    case "mux":
      return muxBits(gates, bit(expression.select), build(expression.whenTrue), build(expression.whenFalse));
    case "concat":
      return expression.parts.toReversed().flatMap(build);
    case "repeat": {
      const operand = build(expression.operand);
      return Array.from({ length: expression.count }, () => operand).flat();
    }
    case "shift":
      return shiftBits(gates, build(expression.operand), build(expression.amount), expression.direction);
    case "lookup":
      return lookUpBits(gates, expression.table.entries, expression.table.width, build(expression.address));
    case "memory read":
      throw new Error(`${expression.memory.name} is a memory; the cores that are simulated by gates have none`);
    default:
      return expression satisfies never;
  }
}

function operatorOf(gates: GateBuilder, operator: "and" | "or" | "xor"): (a: Literal, b: Literal) => Literal {
  return (a, b) => gates[operator](a, b);
}

function arithmetic(gates: GateBuilder, operator: Arithmetic["operator"], left: Bits, right: Bits): Bits {
  switch (operator) {
    case "add":
      return addBits(gates, left, right, low).sum;
    case "sub":
      return subtractBits(gates, left, right);
    case "mul":
      return multiplyBits(gates, left, right);
    default:
      return operator satisfies never;
  }
}

function comparison(gates: GateBuilder, { operator, signed }: Comparison, left: Bits, right: Bits): Literal {
  // With its sign bit inverted, a two's complement number compares as an unsigned one.
  const [a, b] = signed ? [withTopInverted(left), withTopInverted(right)] : [left, right];
  switch (operator) {
    case "eq":
      return equalBits(gates, a, b);
    case "ne":
      return inverted(equalBits(gates, a, b));
    case "lt":
      return lessThan(gates, a, b);
    case "le":
      return inverted(lessThan(gates, b, a));
    case "gt":
      return lessThan(gates, b, a);
    case "ge":
      return inverted(lessThan(gates, a, b));
    default:
      return operator satisfies never;
  }
}

function withTopInverted(bits: Bits): Bits {
  return bits.map((bit, i) => (i === bits.length - 1 ? inverted(bit) : bit));
}
