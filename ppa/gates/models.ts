import { UserError } from "../../gen/host/user-error.ts";
import { logicOf, type CellLogic, type RegisterLogic } from "../activity/cell-logic.ts";
import type { CellLibrary } from "../activity/library.ts";
import type { BooleanExpression } from "../liberty/boolean.ts";

/**
 * Verilog of cells, from the functions that their library states: without delays, four-valued. An unknown input makes an output
 * unknown as its formula says, which for a multiplexer is more than silicon would: two equal inputs and an unknown select give X.
 * @throws UserError for a cell that the library lacks, or that has no place in a simulation by cycles
 */
export function cellModels(library: CellLibrary, cells: Iterable<string>): string {
  const logic = logicOf(library);
  return [...new Set(cells)]
    .sort()
    .map((cell) => cellModel(logic(cell), library.name))
    .join("\n");
}

function cellModel(cell: CellLogic, library: string): string {
  if (cell.clockGate !== undefined) {
    throw new UserError(
      `${cell.name} of ${library} is a clock gate, which has no model for simulators; use --tech osu018`,
    );
  }
  const pins = [...cell.inputs, ...cell.outputs.map(({ pin }) => pin)];
  return [
    `module ${cell.name} (${pins.join(", ")});`,
    ...cell.inputs.map((pin) => `  input ${pin};`),
    ...cell.outputs.map(({ pin }) => `  output ${pin};`),
    ...(cell.register === undefined ? [] : registerLines(cell.register)),
    ...cell.outputs.map(({ pin, expression }) => `  assign ${pin} = ${printed(expression)};`),
    "endmodule",
    "",
  ].join("\n");
}

/** The state is unknown until it is cleared, preset or loaded. */
function registerLines({ clockPin, next, clear, preset, functions }: RegisterLogic): string[] {
  const forced = [
    { name: "clear", when: clear, value: 0 },
    { name: "preset", when: preset, value: 1 },
  ].flatMap(({ when, ...rest }) => (when === undefined ? [] : [{ ...rest, when: printed(when) }]));
  // Where both are in force, the library says which one wins.
  if (functions.stateOfBoth === "H") forced.reverse();
  const edges = [`posedge ${clockPin}`, ...forced.map(({ name }) => `posedge ${name}`)];
  const loads = `${functions.state} <= ${printed(next)};`;
  return [
    `  reg ${functions.state};`,
    `  wire ${functions.complement} = ~${functions.state};`,
    ...forced.map(({ name, when }) => `  wire ${name} = ${when};`),
    `  always @(${edges.join(" or ")})`,
    ...forced.map(({ name, value }) => `    if (${name}) ${functions.state} <= 1'b${value}; else`),
    `    ${loads}`,
  ];
}

function printed(expression: BooleanExpression): string {
  switch (expression.kind) {
    case "pin":
      return expression.name;
    case "constant":
      return expression.value ? "1'b1" : "1'b0";
    case "not":
      return `~${printed(expression.of)}`;
    case "and":
    case "or":
    case "xor": {
      const operator = { and: "&", or: "|", xor: "^" }[expression.kind];
      return `(${printed(expression.left)} ${operator} ${printed(expression.right)})`;
    }
    default:
      return expression satisfies never;
  }
}
