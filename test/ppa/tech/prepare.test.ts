import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { clockGate, withClockGate } from "../support/clock-gate.ts";
import { tinyLibrary } from "../support/tiny-library.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();
useOwnCache();

describe("preparing libraries", () => {
  test("keeps a plain file where it is, and unpacks a compressed one for OpenSTA", async () => {
    const plain = await prepare(userTechnology([sandbox().liberty]), [sandbox().liberty]);
    expect(plain.libertyPaths).toEqual([sandbox().liberty]);
    const packed = sandbox().write("packed.lib.gz", gzipSync(tinyLibrary()));
    const unpacked = await prepare(userTechnology([packed]), [packed]);
    expect(readFileSync(unpacked.libertyPaths[0] ?? "", "utf8")).toBe(tinyLibrary());
    expect(unpacked.libertyHash).toBe(plain.libertyHash);
  });

  test("gives OpenSTA a copy of what it cannot read: a byte-order mark, units that it takes for others", async () => {
    const marked = sandbox().write("marked.lib", `\uFEFF${tinyLibrary()}`);
    const spelled = sandbox().write("spelled.lib", tinyLibrary().replace('"1ns"', '"1 ns"'));
    for (const path of [marked, spelled]) {
      const { libertyPaths } = await prepare(userTechnology([path]), [path]);
      expect(libertyPaths[0]).not.toBe(path);
      expect(readFileSync(libertyPaths[0] ?? "", "utf8")).toBe(tinyLibrary());
    }
  });

  test("copies every byte, those of other languages too", async () => {
    const text = Buffer.from(tinyLibrary().replace("{", "{ /* caf\u00e9, \u00b5m */"), "utf8");
    const packed = sandbox().write("accents.lib.gz", gzipSync(text));
    const { libertyPaths } = await prepare(userTechnology([packed]), [packed]);
    expect(readFileSync(libertyPaths[0] ?? "")).toEqual(text);
  });

  test("refuses a cell that is defined twice, in one file or in two, naming both places", async () => {
    const { liberty, write } = sandbox();
    const other = write("slow.lib", tinyLibrary());
    const line =
      tinyLibrary()
        .split("\n")
        .findIndex((text) => text.includes("cell (INV)")) + 1;
    const remedy = "give the files of one corner, each once, and one definition of each cell";
    await expect(prepare(userTechnology([liberty, other]), [liberty, other])).rejects.toThrow(
      `the cell INV is defined twice, in line ${line} of ${liberty} and in line ${line} of ${other}; ${remedy}`,
    );
    const twice = write("twice.lib", tinyLibrary().replace("cell (NOR2) {", "cell (NAND2) {"));
    await expect(prepare(userTechnology([twice]), [twice])).rejects.toThrow(
      /^the cell NAND2 is defined twice, in line /,
    );
  });

  test("refuses units that it does not understand, naming the file and the attribute", async () => {
    const path = sandbox().write("odd.lib", tinyLibrary().replace("(1, pf)", "(1, farads)"));
    const sentence = `${path} cannot be used: its capacitive_load_unit "1 farads" is not a unit of capacitance; mend the file or use another library`;
    await expect(prepare({ ...userTechnology([sandbox().liberty]) }, [path])).rejects.toThrow(sentence);
    expect(() => userTechnology([path])).toThrow(sentence);
  });

  test("refuses a descriptor that names a cell the library lacks", async () => {
    const technology = { ...userTechnology([sandbox().liberty]), drivingCell: "BUF9" };
    await expect(prepare(technology, [sandbox().liberty])).rejects.toThrow("hold no cell BUF9");
  });

  test("refuses a clock gate that the library lacks or that has other pins, naming both", async () => {
    const path = sandbox().write("gated.lib", withClockGate(tinyLibrary()));
    const technology = { ...userTechnology([path]), clockGate };
    await expect(prepare({ ...technology, clockGate: { ...clockGate, cell: "ICG9" } }, [path])).rejects.toThrow(
      "the libraries of tiny hold no cell ICG9; its descriptor or the files are wrong",
    );
    await expect(prepare({ ...technology, clockGate: { ...clockGate, tieLow: [] } }, [path])).rejects.toThrow(
      "the clock gate CKGATE of tiny has the inputs CK, E, TE and the outputs GCK, not CK, E and GCK; its descriptor or the files are wrong",
    );
  });

  test("synthesis depends on which clock gate there is", async () => {
    const path = sandbox().write("gated.lib", withClockGate(tinyLibrary()));
    const without = await prepare(userTechnology([path]), [path]);
    const gated = await prepare({ ...userTechnology([path]), clockGate }, [path]);
    expect(gated.mapHash).not.toBe(without.mapHash);
  });
});
