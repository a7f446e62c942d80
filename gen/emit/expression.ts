import { HdlError, type Expression, type Signal } from "../hdl/expression.ts";
import type { SvText } from "./syntax.ts";

const symbols = {
  and: "&",
  or: "|",
  xor: "^",
  add: "+",
  sub: "-",
  mul: "*",
  eq: "==",
  ne: "!=",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
} as const;

/** `[7:0]` for eight bits; nothing for one. */
export function dimension(width: number): string {
  return width === 1 ? "" : `[${width - 1}:0]`;
}

/** A sized literal: binary for a bit, decimal for what is read as a number, hexadecimal for what is a pattern. */
export function literal(width: number, value: bigint): string {
  if (width === 1) return `1'b${value}`;
  return value < 512n ? `${width}'d${value}` : `${width}'h${value.toString(16)}`;
}

/** An expression as SystemVerilog. Operands of one width leave its context rules nothing to decide. */
export function expressionText(expression: Expression): SvText {
  switch (expression.kind) {
    case "logic":
      return joined(expression.operands.map(operand), symbols[expression.operator]);
    case "mux": {
      const [select, whenTrue, whenFalse] = [expression.select, expression.whenTrue, expression.whenFalse].map(
        operand,
      ) as [string, string, string];
      return {
        whole: `${select} ? ${whenTrue} : ${whenFalse}`,
        lines: [select, `? ${whenTrue}`, `: ${whenFalse}`],
        fill: false,
      };
    }
    case "arithmetic":
      return joined([operand(expression.left), operand(expression.right)], symbols[expression.operator]);
    case "comparison": {
      const sides = [expression.left, expression.right].map((side) =>
        expression.signed ? `$signed(${inline(side)})` : operand(side),
      );
      const text = joined(sides, symbols[expression.operator]);
      // A long concatenation on the left has its own lines.
      const { left } = expression;
      if (left.kind !== "concat" || inline(left).length < 80) return text;
      return {
        ...text,
        lines: [...filled(unaryOfConcat("", left.parts.map(inline)).lines, 90), ...text.lines.slice(1)],
      };
    }
    case "concat":
      return unaryOfConcat("", expression.parts.map(inline));
    case "shift":
      return joined(
        [operand(expression.operand), operand(expression.amount)],
        expression.direction === "left" ? "<<" : ">>",
      );
    case "constant":
    case "signal":
    case "not":
    case "reduction":
    case "repeat":
    case "slice":
    case "lookup":
    case "memory read":
      return atom(simple(expression));
    default:
      return expression satisfies never;
  }
}

/** A text that cannot be broken. */
export function atom(whole: string): SvText {
  return { whole, lines: [whole], fill: false };
}

/** A concatenation, reduced by a unary operator unless that is empty. */
export function unaryOfConcat(operator: string, parts: readonly string[]): SvText {
  const last = parts.length - 1;
  return {
    whole: `${operator}{${parts.join(", ")}}`,
    lines: parts.map((part, i) => `${i === 0 ? `${operator}{` : " "}${part}${i === last ? "}" : ","}`),
    fill: true,
  };
}

/** The expression on one line. */
export function inline(expression: Expression): string {
  return expressionText(expression).whole;
}

/** As many pieces on a line as it has columns for. */
export function filled(pieces: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const previous = lines.at(-1);
    if (previous !== undefined && previous.length + piece.length <= columns) lines[lines.length - 1] = previous + piece;
    else lines.push(piece);
  }
  return lines;
}

function joined(operands: readonly string[], symbol: string): SvText {
  return {
    whole: operands.join(` ${symbol} `),
    lines: operands.map((text, i) => (i === 0 ? text : `${symbol} ${text}`)),
    fill: false,
  };
}

/** The expression as an operand: in parentheses unless it binds closest anyway. */
export function operand(expression: Expression): string {
  switch (expression.kind) {
    case "constant":
    case "signal":
    case "slice":
    case "concat":
    case "repeat":
    case "lookup":
    case "memory read":
    case "not":
    case "reduction":
      return inline(expression);
    case "logic":
    case "arithmetic":
    case "comparison":
    case "mux":
    case "shift":
      return `(${inline(expression)})`;
    default:
      return expression satisfies never;
  }
}

/** Bits `high` to `low` of what `text` names; of a packed array, its elements, or bits within one of them. */
function indexed(text: string, signal: Signal, high: number, low: number): string {
  if (low === 0 && high === signal.width - 1) return text;
  if (signal.line?.width === signal.width) return indexed(text, signal.line, high, low);
  const element = signal.line ?? { width: signal.laneWidth ?? 1 };
  const [first, last] = [low, high + 1].map((place) => place / element.width) as [number, number];
  if (Number.isInteger(first) && Number.isInteger(last)) {
    return last - first === 1 ? `${text}[${first}]` : `${text}[${last - 1}:${first}]`;
  }
  const index = Math.floor(first);
  if (last > index + 1)
    throw new HdlError(`${signal.name}: bits ${high} to ${low} are of two elements; take them apart`);
  const within = signal.line ?? { ...signal, width: element.width, laneWidth: undefined };
  const base = index * element.width;
  return indexed(`${text}[${index}]`, within as Signal, high - base, low - base);
}

type Simple = Extract<
  Expression,
  { kind: "constant" | "signal" | "not" | "reduction" | "repeat" | "slice" | "lookup" | "memory read" }
>;

function simple(expression: Simple): string {
  switch (expression.kind) {
    case "constant":
      return expression.name ?? literal(expression.width, expression.value);
    case "signal":
      return expression.name;
    case "slice":
      return indexed(expression.signal.name, expression.signal, expression.high, expression.low);
    case "not":
      return `~${tight(expression.operand)}`;
    case "reduction":
      return `${symbols[expression.operator]}${tight(expression.operand)}`;
    case "repeat":
      return `{${expression.count}{${inline(expression.operand)}}}`;
    case "lookup":
      return `${expression.table.home.name}::${expression.table.name}(${inline(expression.address)})`;
    case "memory read":
      return `${expression.memory.name}[${inline(expression.address)}]`;
    default:
      return expression satisfies never;
  }
}

/** An operand of a unary operator: a second unary operator is set apart, so that `~&` is never read as one. */
function tight(expression: Expression): string {
  const text = operand(expression);
  return expression.kind === "not" || expression.kind === "reduction" ? `(${text})` : text;
}
