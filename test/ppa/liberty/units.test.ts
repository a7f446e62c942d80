import { describe, expect, test } from "vitest";
import { parseLiberty } from "../../../ppa/liberty/parse.ts";
import { libraryUnits, withPlainUnits } from "../../../ppa/liberty/units.ts";

const unitsOf = (attributes: string): ReturnType<typeof libraryUnits> =>
  libraryUnits(parseLiberty(`library (l) { ${attributes} }`));

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
    ['time_unit : "fast";', 'its time_unit "fast" is not a unit of time'],
    ['time_unit : "1parsec";', 'its time_unit "1parsec" is not a unit of time'],
    ['voltage_unit : "0V";', 'its voltage_unit "0V" is not a unit of voltage'],
    ['leakage_power_unit : "1xW";', 'its leakage_power_unit "1xW" is not a unit of power'],
    ["capacitive_load_unit (1, farads);", 'its capacitive_load_unit "1 farads" is not a unit of capacitance'],
  ])("are refused in %s", (attribute, sentence) => {
    expect(() => unitsOf(attribute)).toThrow(sentence);
  });
});

describe("units in plain spelling", () => {
  const plain = (attributes: string): string => {
    const text = `library (l) { ${attributes} }`;
    return withPlainUnits(text, parseLiberty(text)).slice("library (l) { ".length, -" }".length);
  };

  test("replace those that OpenSTA takes for others, and leave every other text alone", () => {
    const kept = 'time_unit : "10ps"; voltage_unit : "1V"; capacitive_load_unit(1.0000000000, "pf"); a : "10 ps";';
    expect(plain(kept)).toBe(kept);
    expect(plain('time_unit : "10 ps" ; capacitive_load_unit ("0.1", "pf"); area : 1;')).toBe(
      'time_unit : "10ps"; capacitive_load_unit (100, ff); area : 1;',
    );
    expect(plain("voltage_unit : 100 mV; leakage_power_unit : 1 nW;")).toBe(
      'voltage_unit : "100mV"; leakage_power_unit : "1nW";',
    );
  });

  test("are refused for a unit that no prefix makes", () => {
    expect(() => plain('time_unit : "7 ns";')).toThrow("a unit of 7e-9 s is not 1, 10 or 100 times a power of 1000");
  });
});
