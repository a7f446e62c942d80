import { describe, expect, test } from "vitest";
import type { CellFunctions } from "../../../ppa/activity/cell-functions.ts";
import type { CellLibrary } from "../../../ppa/activity/library.ts";
import { cellModels } from "../../../ppa/gates/models.ts";

const library = (...cells: readonly CellFunctions[]): CellLibrary => ({
  name: "toy",
  cells: new Map(cells.map((cell) => [cell.name, cell])),
});

const nand: CellFunctions = {
  name: "NAND2",
  inputs: ["A", "B"],
  outputs: [{ pin: "Y", function: "(!(A B))" }],
};

const register = (both: "L" | "H"): CellFunctions => ({
  name: "DFFSR",
  inputs: ["CLK", "D", "R", "S"],
  outputs: [{ pin: "Q", function: "P0" }],
  register: {
    state: "P0",
    complement: "P1",
    clockedOn: "CLK",
    nextState: "D",
    clear: "(!R)",
    preset: "(!S)",
    stateOfBoth: both,
  },
});

describe("models of cells", () => {
  test("are the library's formulas, each cell once, by name", () => {
    const or = { ...nand, name: "MIX", outputs: [{ pin: "Y", function: "A ^ B + !A" }] };
    expect(cellModels(library(nand, or), ["NAND2", "MIX", "NAND2"])).toBe(`module MIX (A, B, Y);
  input A;
  input B;
  output Y;
  assign Y = ((A ^ B) | ~A);
endmodule

module NAND2 (A, B, Y);
  input A;
  input B;
  output Y;
  assign Y = ~(A & B);
endmodule
`);
  });

  test("clear and preset registers without a clock; the library says which wins", () => {
    const text = (both: "L" | "H"): string => cellModels(library(register(both)), ["DFFSR"]);
    expect(text("L")).toContain(`  always @(posedge CLK or posedge clear or posedge preset)
    if (clear) P0 <= 1'b0; else
    if (preset) P0 <= 1'b1; else
    P0 <= D;
  assign Q = P0;`);
    expect(text("H")).toMatch(/if \(preset\) P0 <= 1'b1; else\n +if \(clear\) P0 <= 1'b0; else/);
  });

  test("refuse what they cannot be made for, with the reason", () => {
    const gate = { ...nand, name: "ICG", outputs: [], clockGate: { clock: "A", enables: ["B"], output: "Y" } };
    expect(() => cellModels(library(gate), ["ICG"])).toThrow(
      "ICG of toy is a clock gate, which has no model for simulators; use --tech osu018",
    );
    expect(() => cellModels(library(), ["NAND2"])).toThrow(
      /^the netlist has a cell NAND2, which the libraries of toy lack/,
    );
  });
});
