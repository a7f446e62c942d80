import { cellFunctionsIn } from "../../../../ppa/activity/cell-functions.ts";
import type { CellLibrary } from "../../../../ppa/activity/library.ts";
import { parseLiberty } from "../../../../ppa/liberty/parse.ts";

/** A library of the cells in some lines of Liberty. */
export function libraryOf(...cells: readonly string[]): CellLibrary {
  const functions = cellFunctionsIn(parseLiberty(`library (tiny) { ${cells.join("\n")} }`));
  return { name: "tiny", cells: new Map(functions.map((cell) => [cell.name, cell])) };
}

/** `gate("AND2", "A B", "A B")`: a cell with one output Y. */
export function gate(name: string, inputs: string, logic: string): string {
  const pins = inputs.split(" ").map((pin) => `pin (${pin}) { direction : input; }`);
  return `cell (${name}) { ${pins.join(" ")} pin (Y) { direction : output; function : "${logic}"; } }`;
}

/** A flip-flop with clock CK, input D, output Q, and further inputs and attributes of its state. */
export function flipFlop(
  name: string,
  inputs = "",
  attributes = "",
  outputs = 'pin (Q) { direction : output; function : "IQ"; }',
): string {
  const pins = ["CK", "D", ...inputs.split(" ").filter((pin) => pin !== "")];
  const state = `ff (IQ, IQN) { clocked_on : "CK"; next_state : "D"; ${attributes} }`;
  return `cell (${name}) { ${state} ${pins.map((pin) => `pin (${pin}) { direction : input; }`).join(" ")} ${outputs} }`;
}

/** A clock gate with clock CK, enable E, test enable TE and output Y; its kind as Liberty calls it. */
export function clockGate(name: string, kind: string): string {
  const input = (pin: string, role: string): string =>
    `pin (${pin}) { direction : input; clock_gate_${role}_pin : true; }`;
  return `cell (${name}) {
    clock_gating_integrated_cell : ${kind}; statetable ("CK E TE", "IQ") { table : "L L L : - : L"; }
    ${input("CK", "clock")} ${input("E", "enable")} ${input("TE", "test")}
    pin (Y) { direction : output; clock_gate_out_pin : true; state_function : "CK & IQ"; }
  }`;
}

export const someCells = libraryOf(
  gate("INV", "A", "(!A)"),
  gate("BUF", "A", "A"),
  gate("AND2", "A B", "(A B)"),
  gate("XOR2", "A B", "(A^B)"),
  flipFlop("DFF"),
  flipFlop("DFFR", "RN", 'clear : "!RN";'),
  flipFlop("DFFS", "SN", 'preset : "!SN";'),
  clockGate("ICG", "latch_posedge_precontrol"),
);
