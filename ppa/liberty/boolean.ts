import { LibertyError } from "./error.ts";

/** A Boolean expression over pins, as `function` and `when` attributes hold it. */
export type BooleanExpression =
  | { readonly kind: "pin"; readonly name: string }
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "not"; readonly of: BooleanExpression }
  | { readonly kind: "and" | "or" | "xor"; readonly left: BooleanExpression; readonly right: BooleanExpression };

const tokenPattern = /\s*([A-Za-z_][\w[\]]*|[01]|[!'&*|+^()])/y;

/**
 * Parses the text of an expression. From the tightest: `'` after and `!` before an operand, `^`, `&` or `*` or nothing
 * at all between two operands, `|` or `+`.
 * @throws LibertyError that quotes the text, for one that is no expression
 */
export function parseBoolean(text: string): BooleanExpression {
  const tokens = tokensOf(text);
  let at = 0;
  const fail = (): never => {
    throw new LibertyError(`"${text}" is not a Boolean expression`);
  };
  const take = (choices: string): boolean => {
    const token = tokens[at];
    if (token === undefined || !choices.includes(token)) return false;
    at++;
    return true;
  };
  const operand = (): BooleanExpression => {
    if (take("!")) return { kind: "not", of: operand() };
    let found: BooleanExpression;
    if (take("(")) {
      found = or();
      if (!take(")")) fail();
    } else {
      const token = tokens[at++] ?? fail();
      if (token === "0" || token === "1") found = { kind: "constant", value: token === "1" };
      else if (/^\w/.test(token)) found = { kind: "pin", name: token };
      else return fail();
    }
    while (take("'")) found = { kind: "not", of: found };
    return found;
  };
  const xor = (): BooleanExpression => {
    let left = operand();
    while (take("^")) left = { kind: "xor", left, right: operand() };
    return left;
  };
  const and = (): BooleanExpression => {
    let left = xor();
    while (take("&*") || /^[\w!(]/.test(tokens[at] ?? "")) left = { kind: "and", left, right: xor() };
    return left;
  };
  const or = (): BooleanExpression => {
    let left = and();
    while (take("|+")) left = { kind: "or", left, right: and() };
    return left;
  };
  const whole = or();
  if (at < tokens.length) fail();
  return whole;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < end) {
    const token = tokenPattern.exec(text)?.[1];
    if (token === undefined) throw new LibertyError(`"${text}" is not a Boolean expression`);
    tokens.push(token);
  }
  return tokens;
}

/** The pins of an expression, each once, in the order in which they first stand in it. */
export function pinsIn(expression: BooleanExpression): readonly string[] {
  const found = new Set<string>();
  const visit = (part: BooleanExpression): void => {
    switch (part.kind) {
      case "pin":
        found.add(part.name);
        break;
      case "constant":
        break;
      case "not":
        visit(part.of);
        break;
      case "and":
      case "or":
      case "xor":
        visit(part.left);
        visit(part.right);
        break;
      default:
        part satisfies never;
    }
  };
  visit(expression);
  return [...found];
}

/** The value of an expression for given values of its pins. */
export function evaluate(expression: BooleanExpression, valueOf: (pin: string) => boolean): boolean {
  switch (expression.kind) {
    case "pin":
      return valueOf(expression.name);
    case "constant":
      return expression.value;
    case "not":
      return !evaluate(expression.of, valueOf);
    case "and":
      return evaluate(expression.left, valueOf) && evaluate(expression.right, valueOf);
    case "or":
      return evaluate(expression.left, valueOf) || evaluate(expression.right, valueOf);
    case "xor":
      return evaluate(expression.left, valueOf) !== evaluate(expression.right, valueOf);
    default:
      return expression satisfies never;
  }
}
