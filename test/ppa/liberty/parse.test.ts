import { describe, expect, test } from "vitest";
import { LibertyError } from "../../../ppa/liberty/error.ts";
import { parseLiberty, type LibertyGroup } from "../../../ppa/liberty/parse.ts";
import { printLiberty } from "../../../ppa/liberty/print.ts";
import { tinyLibrary } from "../support/tiny-library.ts";

const error = (text: string): string => {
  try {
    parseLiberty(text);
  } catch (thrown) {
    if (thrown instanceof LibertyError) return thrown.message;
    throw thrown;
  }
  return "no error";
};

describe("the Liberty parser", () => {
  test("keeps simple attributes, complex ones and groups apart", () => {
    const library = parseLiberty('library (l) { a : 1; b (2, "x y"); cell ("c") { area : 3.5; } }');
    expect(library.simple.get("a")).toBe("1");
    expect(library.complex).toEqual([{ name: "b", args: ["2", "x y"] }]);
    expect(library.groups[0]?.args).toEqual(["c"]);
    expect(library.groups[0]?.simple.get("area")).toBe("3.5");
  });

  test("passes comments of both kinds, continued lines and stray semicolons", () => {
    const library = parseLiberty('/* { */ library (l) { // }\n values ( \\\n "1, 2", \\\n "3, 4"); ; cell (c) { }; }');
    expect(library.complex).toEqual([{ name: "values", args: ["1, 2", "3, 4"] }]);
    expect(library.groups).toHaveLength(1);
  });

  test("joins a string that a backslash continues on the next line", () => {
    expect(parseLiberty('library (l) { index_1 ("1, \\\n  2"); }').complex[0]?.args).toEqual(["1, 2"]);
  });

  test("ends a value at its line where the semicolon is missing", () => {
    const library = parseLiberty("library (l) {\n a : 1\n b : 2;\n}");
    expect([...library.simple]).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });

  test("keeps an expression as one value", () => {
    expect(parseLiberty("library (l) { a : VDD + 0.5; }").simple.get("a")).toBe("VDD + 0.5");
  });

  test("passes over groups it is told to, braces in their strings included", () => {
    const library = parseLiberty('library (l) { power () { x ("}{{"); y () { } } cell (c) { } }', {
      skip: new Set(["power"]),
    });
    expect(library.groups.map((group) => group.type)).toEqual(["cell"]);
  });

  test("passes over braces and single quotation marks in the comments of such groups", () => {
    const inside = 'x (1); /* } " */ y : 2; // } "\n z () { /* { */ } // {\n';
    const library = parseLiberty(`library (l) { power () { ${inside} } cell (c) { } }`, { skip: new Set(["power"]) });
    expect(library.groups.map((group) => group.type)).toEqual(["cell"]);
  });

  test("knows the line at which each group opens", () => {
    const library = parseLiberty("library (l) {\n a : 1;\n cell (c)\n {\n pin (p) { } }\n cell (d) { }\n}");
    expect(library.groups.map(({ args, line }) => [args[0], line])).toEqual([
      ["c", 3],
      ["d", 6],
    ]);
  });

  test("names the group and the line where a text is cut off", () => {
    expect(error("library (l) {\n cell (c) {\n area : 1;")).toBe(
      'it ends inside the group "cell (c)" opened at line 2',
    );
    expect(error('library (l) {\n a : "1')).toBe("the string opened at line 2 never ends");
    expect(error("library (l) {\n b (1,")).toBe('it ends inside the parentheses of "b"');
    expect(error("library (l) {\n area")).toBe('it ends after "area"');
    expect(error("library (l) { /*")).toBe("the comment opened at line 1 never ends");
  });

  test("says of other texts what is wrong with them", () => {
    expect(error("")).toBe("it holds no group at all");
    expect(error("module m; endmodule")).toBe('line 1: "module" is followed by neither ":" nor "("');
    expect(error("library (l) { } }")).toBe("no error");
    expect(error("library (l) { ) }")).toBe('line 1: unexpected ")" in the group "library (l)" opened at line 1');
  });

  test("reads back what it prints", () => {
    const library = parseLiberty(tinyLibrary());
    const onOneLine = (group: LibertyGroup): LibertyGroup => ({
      ...group,
      line: 0,
      groups: group.groups.map(onOneLine),
    });
    expect(onOneLine(parseLiberty(printLiberty(library)))).toEqual(onOneLine(library));
  });
});
