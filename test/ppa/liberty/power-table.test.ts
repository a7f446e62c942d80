import { describe, expect, test } from "vitest";
import { parseLiberty } from "../../../ppa/liberty/parse.ts";
import { energyFj, readPowerTable, templatesOf, type PowerTable } from "../../../ppa/liberty/power-table.ts";
import { libraryUnits } from "../../../ppa/liberty/units.ts";

function table(template: string, group: string): PowerTable {
  const library = parseLiberty(
    `library (l) { time_unit : "1ns"; capacitive_load_unit (1, ff); power_lut_template (t) { ${template} } ${group} }`,
  );
  const found = library.groups.find(({ type }) => type.endsWith("power"));
  if (found === undefined) throw new Error("no table");
  return readPowerTable(found, templatesOf(library), libraryUnits(library));
}

const slewFirst = "variable_1 : input_transition_time; variable_2 : total_output_net_capacitance;";
const loadFirst = "variable_1 : total_output_net_capacitance; variable_2 : input_transition_time;";
const index = 'index_1 ("1, 2"); index_2 ("10, 20, 30");';

describe("a table of internal energy", () => {
  test("is the same whichever axis comes first", () => {
    const one = table(slewFirst + index, 'rise_power (t) { values ("1, 2, 3", "4, 5, 6"); }');
    expect(one).toEqual({ slewsPs: [1000, 2000], loadsFf: [10, 20, 30], energiesFj: [1, 2, 3, 4, 5, 6] });
    const swapped = 'index_1 ("10, 20, 30"); index_2 ("1, 2");';
    expect(table(loadFirst + swapped, 'rise_power (t) { values ("1, 4", "2, 5", "3, 6"); }')).toEqual(one);
  });

  test("may have axes of its own in place of the template's, one axis, or none", () => {
    const own = table(slewFirst + index, 'power (t) { index_2 ("1", "5"); values ("1, 2, 4, 5"); }');
    expect(own.loadsFf).toEqual([1, 5]);
    const slew = table('variable_1 : input_net_transition; index_1 ("1, 2");', 'power (t) { values ("1 3"); }');
    expect(slew).toEqual({ slewsPs: [1000, 2000], loadsFf: [], energiesFj: [1, 3] });
    expect(table("", 'power (scalar) { values ("7"); }')).toEqual({ slewsPs: [], loadsFf: [], energiesFj: [7] });
  });

  test("is linear between its points and goes on so beyond them", () => {
    const plane = table(slewFirst + index, 'power (t) { values ("12, 22, 32", "14, 24, 34"); }');
    for (const [slewPs, loadFf] of [
      [1000, 10],
      [1250, 17],
      [2000, 30],
      [0, 0],
      [3000, 45],
    ] as const) {
      expect(energyFj(plane, slewPs, loadFf)).toBeCloseTo((2 * slewPs) / 1000 + loadFf, 9);
    }
    const bent = table('variable_1 : input_transition_time; index_1 ("1, 2, 4");', 'power (t) { values ("0, 1, 5"); }');
    expect([500, 1500, 3000, 5000].map((slewPs) => energyFj(bent, slewPs, 99))).toEqual([-0.5, 0.5, 3, 7]);
  });

  test("of a single point is constant", () => {
    const point = table('variable_1 : input_transition_time; index_1 ("1");', 'power (t) { values ("3"); }');
    expect(energyFj(point, 5000, 1)).toBe(3);
  });

  test("is refused with two axes of one kind", () => {
    const twice = "variable_1 : input_transition_time; variable_2 : input_net_transition;";
    expect(() => table(twice + index, 'power (t) { values ("1"); }')).toThrow(
      "a power table has axes other than one transition time and one load",
    );
  });
});
