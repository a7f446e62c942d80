import { describe, expect, test } from "vitest";
import { parseLiberty } from "../../../ppa/liberty/parse.ts";
import { powerUnits } from "../../../ppa/liberty/units.ts";

const unitsOf = (attributes: string): ReturnType<typeof powerUnits> =>
  powerUnits(parseLiberty(`library (l) { ${attributes} }`));

describe("the units of a library's power data", () => {
  test("are as it states them; energy is its volt^2 x capacitance", () => {
    const asap7 = unitsOf(
      'time_unit : "1ps"; voltage_unit : "1V"; leakage_power_unit : "1pW"; capacitive_load_unit (1, ff);',
    );
    expect(asap7).toEqual({ picoseconds: 1, femtofarads: 1, volts: 1, femtojoules: 1, watts: 1e-12 });
    const sky130 = unitsOf('time_unit : "1ns"; leakage_power_unit : "1nW"; capacitive_load_unit (1.0000, "pf");');
    expect(sky130).toEqual({ picoseconds: 1000, femtofarads: 1000, volts: 1, femtojoules: 1000, watts: 1e-9 });
    const odd = unitsOf(
      'time_unit : "10 ps"; voltage_unit : "100mV"; leakage_power_unit : "10uW"; capacitive_load_unit (1, pf);',
    );
    expect(odd).toEqual({ picoseconds: 10, femtofarads: 1000, volts: 0.1, femtojoules: 10, watts: 1e-5 });
  });

  test("have no default for leakage", () => {
    expect(unitsOf("").watts).toBeUndefined();
  });

  test.each([
    ['time_unit : "fast";', '"fast" is not a unit of time'],
    ['voltage_unit : "0V";', '"0V" is not a unit of voltage'],
    ['leakage_power_unit : "1xW";', '"1xW" is not a unit of power'],
  ])("are refused in %s", (attribute, sentence) => {
    expect(() => unitsOf(attribute)).toThrow(sentence);
  });
});
