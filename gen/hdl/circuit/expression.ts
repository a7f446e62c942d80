import type { Arithmetic, Comparison, Expression, Memory, Signal } from "../expression.ts";
import type { CircuitBuilder } from "./builder.ts";
import { invert, low, type Bits, type Literal } from "./graph.ts";
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
} from "./words.ts";

/** Where the values of a module's signals and memories come from. */
export interface Environment {
  readonly gates: CircuitBuilder;
  valueOf(signal: Signal): Bits;
  read(memory: Memory, address: Bits): Bits;
}

/** An expression as gates: the one place that says what each operator computes. */
export function expressionBits(environment: Environment, expression: Expression): Bits {
  const { gates } = environment;
  const build = (part: Expression): Bits => expressionBits(environment, part);
  const bit = (part: Expression): Literal => build(part)[0] ?? low;
  switch (expression.kind) {
    case "constant":
      return constantBits(expression.value, expression.width);
    case "signal":
      return environment.valueOf(expression);
    case "slice":
      return environment.valueOf(expression.signal).slice(expression.low, expression.high + 1);
    case "not":
      return build(expression.operand).map(invert);
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
      return environment.read(expression.memory, build(expression.address));
    default:
      return expression satisfies never;
  }
}

function operatorOf(gates: CircuitBuilder, operator: "and" | "or" | "xor"): (a: Literal, b: Literal) => Literal {
  return (a, b) => gates[operator](a, b);
}

function arithmetic(gates: CircuitBuilder, operator: Arithmetic["operator"], left: Bits, right: Bits): Bits {
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

function comparison(gates: CircuitBuilder, { operator, signed }: Comparison, left: Bits, right: Bits): Literal {
  // With its sign bit invert, a two's complement number compares as an unsigned one.
  const [a, b] = signed ? [withTopInverted(left), withTopInverted(right)] : [left, right];
  switch (operator) {
    case "eq":
      return equalBits(gates, a, b);
    case "ne":
      return invert(equalBits(gates, a, b));
    case "lt":
      return lessThan(gates, a, b);
    case "le":
      return invert(lessThan(gates, b, a));
    case "gt":
      return lessThan(gates, b, a);
    case "ge":
      return invert(lessThan(gates, a, b));
    default:
      return operator satisfies never;
  }
}

function withTopInverted(bits: Bits): Bits {
  return bits.map((bit, i) => (i === bits.length - 1 ? invert(bit) : bit));
}
