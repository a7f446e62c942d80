import { describe, expect, test } from "vitest";
import { cellsOf, femtofaradsPerUnit, isBuffer, libraryUnits } from "../../../ppa/liberty/cells.ts";
import { mapLibraries } from "../../../ppa/liberty/map-library.ts";
import { parseLiberty } from "../../../ppa/liberty/parse.ts";
import { tinyLibrary } from "../support/tiny-library.ts";

const cells = cellsOf(parseLiberty(tinyLibrary()));
const cell = (name: string): (typeof cells)[number] => {
  const found = cells.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

describe("the facts of a cell", () => {
  test("are its area, its pins, and whether it stores", () => {
    expect(cell("DFF")).toMatchObject({ area: 8, storage: "flipFlop" });
    expect(cell("NAND2")).toMatchObject({ area: 2, storage: "none", outputs: [{ name: "Y", function: "(!(A&B))" }] });
    const gated = parseLiberty("library (l) { cell (c) { statetable (A, B) { } } }");
    expect(cellsOf(gated)[0]?.storage).toBe("latch");
  });

  test("tell a buffer from an inverter and from a flip-flop", () => {
    expect(cells.filter(isBuffer).map(({ name }) => name)).toEqual(["BUF"]);
  });

  test("are in units that the library states", () => {
    const inFemtofarads = parseLiberty("library (l) { capacitive_load_unit (1, ff); }");
    expect(femtofaradsPerUnit(libraryUnits(inFemtofarads))).toBe(1);
    expect(femtofaradsPerUnit(libraryUnits(parseLiberty(tinyLibrary())))).toBe(1000);
  });
});

describe("the library that synthesis chooses from", () => {
  const names = (text: string): (string | undefined)[] =>
    parseLiberty(text).groups.flatMap((group) => (group.type === "cell" ? [group.args[0]] : []));

  test("has gates and registers apart, without the cells it may not choose", () => {
    const map = mapLibraries([parseLiberty(tinyLibrary())], (name) => name !== "NAND2");
    expect(names(map.logic)).toEqual(["INV", "BUF", "NOR2", "AOI21"]);
    expect(names(map.registers)).toEqual(["DFF", "DFFR"]);
  });

  test("leaves out what the library itself marks dont_use", () => {
    const text = tinyLibrary().replace("area : 1;", "area : 1; dont_use : true;");
    expect(names(mapLibraries([parseLiberty(text)], () => true).logic)).not.toContain("INV");
  });

  test("keeps equal names of table templates in two files apart", () => {
    const map = mapLibraries([parseLiberty(tinyLibrary("one")), parseLiberty(tinyLibrary("two"))], () => true);
    const templates = parseLiberty(map.logic).groups.filter((group) => group.type === "lu_table_template");
    expect(templates.map((group) => group.args[0])).toEqual(["one_delay", "one_check", "two_delay", "two_check"]);
  });

  test("refuses files whose units differ", () => {
    const other = parseLiberty(tinyLibrary().replace('time_unit : "1ns"', 'time_unit : "1ps"'));
    expect(() => mapLibraries([parseLiberty(tinyLibrary()), other], () => true)).toThrow("its units (1ps 1 pf) differ");
  });
});
