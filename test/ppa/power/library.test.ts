import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { UserError } from "../../../gen/host/user-error.ts";
import { NoPowerDataError, readPowerLibrary } from "../../../ppa/power/library.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { tinyLibrary } from "../support/tiny-library.ts";
import { tinyPowerLibrary } from "../support/tiny-power-library.ts";

const sandbox = useSandbox();
useOwnCache();

const read = (text: string, hash: string): ReturnType<typeof readPowerLibrary> =>
  readPowerLibrary([sandbox().write("power.lib", text)], hash);

describe("a power library", () => {
  test("knows the cells of all its files, and no others", async () => {
    const more = sandbox().write("more.lib", tinyPowerLibrary().replaceAll("NAND2", "NAND2X9"));
    const library = await readPowerLibrary([sandbox().write("power.lib", tinyPowerLibrary()), more], "two files");
    expect(library.cell("INV")?.pins).toEqual(["A", "Y"]);
    expect(library.cell("NAND2X9")?.pins).toEqual(["A", "B", "Y"]);
    expect(library.cell("NAND9")).toBeUndefined();
  });

  test("is parsed once: the next time it comes from the cache", async () => {
    await read(tinyPowerLibrary(), "once");
    const again = await readPowerLibrary(["no such file"], "once");
    expect(again.cell("DFF")?.sequential).toBe(true);
  });

  test("without any energies is refused in words, as an error that says what is missing", async () => {
    const refused = read(tinyLibrary(), "none");
    await expect(refused).rejects.toThrow(NoPowerDataError);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(
      /power\.lib holds no internal_power tables, so power is not reported; use a library that was characterised for power$/,
    );
  });

  test.each([
    ["a table that is cut short", '"0.01, 0.028"', '"0.01"', "in the cell DFF, a power table of 2 x 1 holds 1 values"],
    [
      "a value that is no number",
      '"0.01, 0.028"',
      '"0.01, NaN"',
      'in the cell DFF, "NaN" in a power table is not a number',
    ],
    [
      "a leakage that is no number",
      "value : 3;",
      "value : much;",
      'in the cell INV, the leakage "much" is not a number',
    ],
    ["leakage without a unit", 'leakage_power_unit : "1nW";', "", "leakage is stated without a leakage_power_unit"],
    ["a unit that is none", '"1nW"', '"1nA"', '"1nA" is not a unit of power'],
    [
      "a template that is not there",
      "(by_slew) { variable_1",
      "(other) { variable_1",
      "the template by_slew of a power",
    ],
    [
      "an unknown axis",
      "variable_1 : input_transition_time",
      "variable_1 : voltage",
      "has an axis voltage of no use here",
    ],
    [
      "an axis that does not ascend",
      'index_1 ("0.1, 1.0")',
      'index_1 ("1.0, 0.1")',
      "axis of a power table does not ascend",
    ],
  ])("with %s is refused by the cell's name", async (what, good, bad, sentence) => {
    const text = tinyPowerLibrary().replace(good, bad);
    await expect(read(text, what)).rejects.toThrow(NoPowerDataError);
    await expect(read(text, what)).rejects.toThrow(sentence);
    await expect(read(text, what)).rejects.toThrow(
      /^the power data of .*power\.lib cannot be used: .*; mend the file or/,
    );
  });

  test("is refused when a condition cannot be understood, as soon as its cell is needed", async () => {
    const library = await read(tinyPowerLibrary().replace('when : "!B"', 'when : "!B &"'), "condition");
    expect(library.cell("INV")).toBeDefined();
    expect(() => library.cell("NAND2")).toThrow('"!B &" is not a Boolean expression');
    const unknown = await read(tinyPowerLibrary().replace('when : "!B"', 'when : "!Z"'), "unknown pin");
    expect(() => unknown.cell("NAND2")).toThrow("in the cell NAND2, Z is named but is no pin");
  });

  test("without a supply voltage is refused", async () => {
    const text = tinyPowerLibrary()
      .replace("default_operating_conditions : typical;", "")
      .replace("nom_voltage : 1.0;", "");
    await expect(read(text, "no voltage")).rejects.toThrow("no supply voltage is stated");
  });

  test("that is cut off is refused like any other Liberty file", async () => {
    const text = readFileSync(sandbox().write("whole.lib", tinyPowerLibrary()), "utf8").slice(0, -100);
    await expect(read(text, "cut")).rejects.toThrow(/is not a complete Liberty file: .*; fetch it again$/);
  });
});
