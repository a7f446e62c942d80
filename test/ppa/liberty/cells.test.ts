import { describe, expect, test } from "vitest";
import { cellsOf, isAndLike, isBuffer, isInverter } from "../../../ppa/liberty/cells.ts";
import { mapLibraries } from "../../../ppa/liberty/map-library.ts";
import { parseLiberty } from "../../../ppa/liberty/parse.ts";
import { tinyLibrary, unitSpellings } from "../support/tiny-library.ts";

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

  test("tell what logic is made of: inverters, and ANDs of two inputs in any polarity", () => {
    expect(cells.filter(isInverter).map(({ name }) => name)).toEqual(["INV"]);
    expect(cells.filter(isAndLike).map(({ name }) => name)).toEqual(["NAND2", "NOR2"]);
    const odd = (logic: string): boolean =>
      cellsOf(parseLiberty(tinyLibrary().replace("(!(A&B))", logic))).some(
        ({ name, ...cell }) => name === "NAND2" && isAndLike({ name, ...cell }),
      );
    expect(["A&!B", "A^B", "A", "1", "A +"].map(odd)).toEqual([true, false, false, false, false]);
  });

  test("tell flip-flops that synthesis can use from those with more inputs or a falling clock", () => {
    const register = (text: string): unknown =>
      cellsOf(parseLiberty(text)).find(({ name }) => name === "DFFR")?.register;
    expect(cell("DFF").register).toEqual({ clear: false, preset: false });
    expect(cell("DFFR").register).toEqual({ clear: true, preset: false });
    expect(register(tinyLibrary().replace('clear : "!RN"', "preset : RN'"))).toEqual({ clear: false, preset: true });
    expect(register(tinyLibrary().replaceAll('clocked_on : "CK"', 'clocked_on : "!CK"'))).toBeUndefined();
    expect(register(tinyLibrary().replaceAll('next_state : "D"', 'next_state : "(D & RN)"'))).toBeUndefined();
  });

  test("are in femtofarads, whatever units the library states", () => {
    expect(cell("INV").inputs).toEqual([{ name: "A", capacitanceFf: 2 }]);
    const tenths = parseLiberty(tinyLibrary().replace("(1, pf)", '("0.1", pF)'));
    expect(cellsOf(tenths)[0]?.inputs).toEqual([{ name: "A", capacitanceFf: 0.2 }]);
  });
});

describe("the library that synthesis chooses from", () => {
  const names = (text: string): (string | undefined)[] =>
    parseLiberty(text).groups.flatMap((group) => (group.type === "cell" ? [group.args[0]] : []));

  test("has gates and registers apart, without the cells it may not choose", () => {
    const map = mapLibraries([parseLiberty(tinyLibrary())], ({ name }) => name !== "NAND2");
    expect(names(map.logic)).toEqual(["INV", "BUF", "NOR2", "AOI21"]);
    expect(names(map.registers)).toEqual(["DFF", "DFFR"]);
  });

  test("keeps equal names of table templates in two files apart, of libraries of one name too", () => {
    const map = mapLibraries([parseLiberty(tinyLibrary()), parseLiberty(tinyLibrary())], () => true);
    const templates = parseLiberty(map.logic).groups.filter((group) => group.type === "lu_table_template");
    expect(templates.map((group) => group.args[0])).toEqual(["delay_0", "check_0", "delay_1", "check_1"]);
  });

  test("is the same text for equal libraries in different units", () => {
    const text = (library: string): string => mapLibraries([parseLiberty(library)], () => true).logic;
    expect(text(tinyLibrary())).toContain("time_unit : 1ps;");
    for (const [timeUnit, ns, loadUnit, pf] of unitSpellings) {
      expect(text(tinyLibrary("tiny", { timeUnit, ns, loadUnit, pf })), timeUnit).toBe(text(tinyLibrary()));
    }
  });
});
