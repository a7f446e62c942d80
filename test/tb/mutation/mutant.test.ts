import { describe, expect, it } from "vitest";
import { describeMutant, mutateCommand, parseMutants } from "../../../tb/mutation/mutant.ts";

const list = `8. Executing MUTATE pass.
Raw database size: 94342
mutate -mode inv -module top -cell u_core -port prob_o -portbit 56 -wire prob -wirebit 7 -src top.sv:22.17-22.21 -src top_beat.sv:24.30-32.4
mutate -mode cnot0 -module top -cell $and$top.sv:9$22 -port A -portbit 2 -ctrlbit 1 -src top.sv:9.5-9.14
`;

describe("parseMutants", () => {
  it("numbers Yosys' mutants from 1, with the line of the cell and not that of the wire it drives", () => {
    expect(parseMutants(list, "top")).toEqual([
      { number: 1, mode: "inv", cell: "u_core", port: "prob_o", bit: 56, source: "top_beat.sv:24", signal: "prob[7]" },
      { number: 2, mode: "cnot0", cell: "$and$top.sv:9$22", port: "A", bit: 2, controlBit: 1, source: "top.sv:9" },
    ]);
  });

  it("refuses mutants of another module", () => {
    expect(() => parseMutants(list, "other")).toThrow("is no mutant of other");
  });
});

describe("mutateCommand", () => {
  it("gives the mutation back, switched by a value", () => {
    const [, mutant] = parseMutants(list, "top");
    if (mutant === undefined) throw new Error("the list holds two mutants");
    expect(mutateCommand(mutant, "copy", { port: "mutant_i", width: 8, value: 2 })).toBe(
      "mutate -mode cnot0 -module copy -cell $and$top.sv:9$22 -port A -portbit 2 -ctrlbit 1 -ctrl mutant_i 8 2",
    );
    expect(describeMutant(mutant)).toBe(
      "top.sv:9: bit 2 of port A of $and$top.sv:9$22 inverted where another bit of the port is 0",
    );
  });
});
