/**
 * The value of a Liberty expression, by operator stacks (E. Dijkstra's shunting yard) on values: built differently from the
 * parser that the simulator uses. Precedence from the Liberty manual: inversion, then XOR, then AND (a blank, too), then OR.
 */
export function truth(text: string, valueOf: (name: string) => boolean): boolean {
  const values: boolean[] = [];
  const operators: string[] = [];
  const strength: Readonly<Record<string, number>> = { "|": 1, "&": 2, "^": 3, "!": 4 };
  const pop = (): boolean => {
    const value = values.pop();
    if (value === undefined) throw new Error(`"${text}" lacks an operand`);
    return value;
  };
  const apply = (): void => {
    const operator = operators.pop();
    const right = pop();
    if (operator === "!") values.push(!right);
    else {
      const left = pop();
      values.push(operator === "&" ? left && right : operator === "|" ? left || right : left !== right);
    }
  };
  const push = (operator: string): void => {
    // Inversion stands before its operand: nothing to its left may be applied yet.
    while (operator !== "!" && (strength[operators.at(-1) ?? ""] ?? 0) >= (strength[operator] ?? 0)) apply();
    operators.push(operator);
  };
  let afterOperand = false;
  for (const token of text
    .replaceAll("*", "&")
    .replaceAll("+", "|")
    .match(/\w+|[^\s\w]/g) ?? []) {
    if (token === "'") values.push(!pop());
    else if (token === ")") {
      while (operators.at(-1) !== "(") apply();
      operators.pop();
    } else if (/[&|^]/.test(token)) {
      push(token);
      afterOperand = false;
    } else {
      if (afterOperand) push("&");
      afterOperand = /\w/.test(token);
      if (afterOperand) values.push(token === "1" || (token !== "0" && valueOf(token)));
      else operators.push(token);
    }
    if (token === ")" || token === "'") afterOperand = true;
  }
  while (operators.length > 0) apply();
  return pop();
}
