import { describe, expect, test } from "vitest";
import { parseLiberty } from "../../../ppa/liberty/parse.ts";
import { powerCellsOf, type PowerCell } from "../../../ppa/liberty/power-cells.ts";

function cell(attributes: string, library = 'nom_voltage : 3; leakage_power_unit : "1nW";'): PowerCell {
  const [found] = powerCellsOf(parseLiberty(`library (l) { ${library} cell (C) { ${attributes} } }`));
  if (found === undefined) throw new Error("no cell");
  return found;
}

const power = 'rise_power (scalar) { values ("1"); } fall_power (scalar) { values ("2"); }';

describe("the power data of a cell", () => {
  test("has an arc for each related pin, with its condition and its supply", () => {
    const { pins } = cell(
      `pin (Y) { direction : output; function : "A & B";
        internal_power () { related_pin : "A B"; when : "C"; related_pg_pin : VDD; ${power} } }`,
    );
    expect(pins[0]?.arcs.map(({ related, when, supply }) => [related, when, supply])).toEqual([
      ["A", "C", "VDD"],
      ["B", "C", "VDD"],
    ]);
    expect(pins[0]?.arcs[0]).toMatchObject({ rise: { energiesFj: [1000] }, fall: { energiesFj: [2000] } });
  });

  test("takes both edges from a table that does not tell them apart, and none where there is none", () => {
    const { pins } = cell(
      `pin (A) { direction : input; internal_power () { power (scalar) { values ("3"); } }
        internal_power () { rise_power (scalar) { values ("4"); } } }`,
    );
    expect(pins[0]?.arcs.map(({ rise, fall }) => [rise?.energiesFj, fall?.energiesFj])).toEqual([
      [[3000], [3000]],
      [[4000], undefined],
    ]);
  });

  test("knows whether an output falls when the input rises, from the timing arc or else from the function", () => {
    const inverting = (logic: string, timing = ""): boolean[] =>
      cell(
        `pin (Y) { direction : output; function : "${logic}"; ${timing} internal_power () { related_pin : "A B"; ${power} } }`,
      ).pins.flatMap(({ arcs }) => arcs.map((arc) => arc.inverting));
    expect(inverting("!(A & B)")).toEqual([true, true]);
    expect(inverting("A & !B")).toEqual([false, true]);
    expect(inverting("A ^ B")).toEqual([false, false]);
    expect(inverting("A & B", 'timing () { related_pin : "B"; timing_sense : negative_unate; }')).toEqual([
      false,
      true,
    ]);
  });

  test("has the voltage of the pin's supply, of the operating conditions, or of the library, in this order", () => {
    const conditions = 'operating_conditions (o) { voltage : 2; } default_operating_conditions : "o"; nom_voltage : 3;';
    const pin = 'pg_pin (VDD) { voltage_name : "V1"; } pin (Y) { direction : output; related_power_pin : VDD; }';
    expect(cell(pin, `voltage_map (V1, 1.5); ${conditions}`).pins[0]?.volts).toBe(1.5);
    expect(cell(pin, `voltage_map (V2, 1.5); ${conditions}`).pins[0]?.volts).toBe(2);
    expect(cell(pin).pins[0]?.volts).toBe(3);
  });

  test("has leakage by state, without that of ground pins, and an average", () => {
    const { leakages, leakageW } = cell(
      `pg_pin (VDD) { pg_type : primary_power; } pg_pin (VSS) { pg_type : primary_ground; }
      leakage_power () { when : "A"; value : 2; related_pg_pin : VDD; } leakage_power () { value : 3; related_pg_pin : VSS; }
      cell_leakage_power : 4;`,
    );
    expect(leakages).toEqual([{ when: "A", supply: "VDD", watts: 2e-9 }]);
    expect(leakageW).toBe(4e-9);
    const byDefault = cell("", 'nom_voltage : 1; leakage_power_unit : "1uW"; default_cell_leakage_power : 5;');
    expect(byDefault.leakageW).toBeCloseTo(5e-6, 12);
  });

  test("names what flip-flops, latches and state tables store", () => {
    expect(cell("ff (IQ, IQN) { }")).toMatchObject({ sequential: true, states: [{ name: "IQ", inverse: "IQN" }] });
    expect(cell("latch (L) { }")).toMatchObject({ sequential: true, states: [{ name: "L" }] });
    expect(cell('statetable ("A", "I") { }')).toMatchObject({ sequential: true, states: [] });
    expect(cell("")).toMatchObject({ sequential: false, states: [] });
  });
});
