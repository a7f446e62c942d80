import type { Comparison, Expression, Memory, Signal } from "./expression.ts";

/** Computes an expression's value now. */
export type Evaluate = () => bigint;

/** Where the values of signals and memories are kept. */
export interface Environment {
  value(signal: Signal): bigint;
  wordsOf(memory: Memory): readonly bigint[];
}

/** The largest value of a width: all ones. */
export const mask = (width: number): bigint => (1n << BigInt(width)) - 1n;

const asSigned = (value: bigint, width: number): bigint => BigInt.asIntN(width, value);
const asBit = (condition: boolean): bigint => (condition ? 1n : 0n);

/** Turns an expression into a function once, so that each cycle only calls it. */
export function compileExpression(expression: Expression, environment: Environment): Evaluate {
  const compile = (part: Expression): Evaluate => compileExpression(part, environment);
  switch (expression.kind) {
    case "constant": {
      const { value } = expression;
      return () => value;
    }
    case "signal":
      return () => environment.value(expression);
    case "slice": {
      const low = BigInt(expression.low);
      const bits = mask(expression.width);
      return () => (environment.value(expression.signal) >> low) & bits;
    }
    case "not": {
      const operand = compile(expression.operand);
      const bits = mask(expression.width);
      return () => ~operand() & bits;
    }
    case "logic": {
      const operands = expression.operands.map((operand) => compile(operand));
      const combine = {
        and: (a: bigint, b: bigint) => a & b,
        or: (a: bigint, b: bigint) => a | b,
        xor: (a: bigint, b: bigint) => a ^ b,
      }[expression.operator];
      return () => operands.map((operand) => operand()).reduce(combine);
    }
    case "arithmetic": {
      const [left, right] = [compile(expression.left), compile(expression.right)];
      const bits = mask(expression.width);
      const { operator } = expression;
      switch (operator) {
        case "add":
          return () => (left() + right()) & bits;
        case "sub":
          return () => (left() - right()) & bits;
        case "mul":
          return () => (left() * right()) & bits;
        default:
          return operator satisfies never;
      }
    }
    case "comparison":
      return compileComparison(expression, compile);
    case "reduction": {
      const operand = compile(expression.operand);
      const all = mask(expression.operand.width);
      const { operator } = expression;
      switch (operator) {
        case "and":
          return () => asBit(operand() === all);
        case "or":
          return () => asBit(operand() !== 0n);
        case "xor":
          return () => asBit(operand().toString(2).replaceAll("0", "").length % 2 === 1);
        default:
          return operator satisfies never;
      }
    }
    case "mux": {
      const [select, whenTrue, whenFalse] = [expression.select, expression.whenTrue, expression.whenFalse].map((part) =>
        compile(part),
      ) as [Evaluate, Evaluate, Evaluate];
      return () => (select() === 1n ? whenTrue() : whenFalse());
    }
    case "concat": {
      const parts = expression.parts.map((part) => ({ evaluate: compile(part), width: BigInt(part.width) }));
      return () => parts.reduce((joined, { evaluate, width }) => (joined << width) | evaluate(), 0n);
    }
    case "repeat": {
      const operand = compile(expression.operand);
      const ones = Array.from({ length: expression.count }).reduce<bigint>(
        (pattern) => (pattern << BigInt(expression.operand.width)) | 1n,
        0n,
      );
      return () => operand() * ones;
    }
    case "shift": {
      const [operand, amount] = [compile(expression.operand), compile(expression.amount)];
      const bits = mask(expression.width);
      return expression.direction === "left" ? () => (operand() << amount()) & bits : () => operand() >> amount();
    }
    case "lookup": {
      const address = compile(expression.address);
      const { entries } = expression.table;
      return () => entries[Number(address())] ?? 0n;
    }
    case "memory read": {
      const address = compile(expression.address);
      const words = environment.wordsOf(expression.memory);
      return () => words[Number(address())] ?? 0n;
    }
    default:
      return expression satisfies never;
  }
}

function compileComparison(comparison: Comparison, compile: (part: Expression) => Evaluate): Evaluate {
  const { width } = comparison.left;
  const view = comparison.signed ? (value: bigint) => asSigned(value, width) : (value: bigint) => value;
  const [left, right] = [compile(comparison.left), compile(comparison.right)];
  switch (comparison.operator) {
    case "eq":
      return () => asBit(left() === right());
    case "ne":
      return () => asBit(left() !== right());
    case "lt":
      return () => asBit(view(left()) < view(right()));
    case "le":
      return () => asBit(view(left()) <= view(right()));
    case "gt":
      return () => asBit(view(left()) > view(right()));
    case "ge":
      return () => asBit(view(left()) >= view(right()));
    default:
      return comparison.operator satisfies never;
  }
}
