import { evaluate, pinsIn, type BooleanExpression } from "../liberty/boolean.ts";
import { LibertyError } from "../liberty/error.ts";

/** A Boolean function as the list of its values. */
export interface TruthTable {
  /** What it depends on, as places in a list of variables. */
  readonly variables: readonly number[];
  /** One value for each state; the first variable is the state's least significant bit. */
  readonly values: Float64Array;
}

const mostVariables = 16;

/** @throws LibertyError for a function of too many variables */
export function truthTable(expression: BooleanExpression, variableOf: (name: string) => number): TruthTable {
  const names = pinsIn(expression);
  if (names.length > mostVariables) {
    throw new LibertyError(`a function of ${names.length} pins is wider than the ${mostVariables} that are supported`);
  }
  const variables = names.map(variableOf);
  const values = Float64Array.from({ length: 2 ** names.length }, (_, state) =>
    evaluate(expression, (name) => ((state >> names.indexOf(name)) & 1) === 1) ? 1 : 0,
  );
  return { variables, values };
}

/** The states of the other variables in which this one decides the value: the Boolean difference. */
export function difference(table: TruthTable, variable: number): TruthTable {
  const at = table.variables.indexOf(variable);
  if (at < 0) return { variables: [], values: Float64Array.of(0) };
  const bit = 2 ** at;
  const values = Float64Array.from({ length: table.values.length / 2 }, (_, state) => {
    const low = (state % bit) + Math.floor(state / bit) * bit * 2;
    return table.values[low] === table.values[low + bit] ? 0 : 1;
  });
  return { variables: table.variables.filter((other) => other !== variable), values };
}

const scratch = new Float64Array(2 ** mostVariables);

/** The probability that the function is 1 when each variable is so by itself, with the probability given for it. */
export function probability({ variables, values }: TruthTable, high: readonly number[]): number {
  let from = values;
  let size = values.length;
  for (const variable of variables) {
    const p = high[variable] ?? 0;
    size /= 2;
    for (let i = 0; i < size; i++) {
      const low = from[2 * i] ?? 0;
      scratch[i] = low + p * ((from[2 * i + 1] ?? 0) - low);
    }
    from = scratch;
  }
  return from[0] ?? 0;
}
