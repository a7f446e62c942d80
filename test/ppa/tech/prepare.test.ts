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

  test("refuses libraries without a flip-flop, naming the files", async () => {
    const path = sandbox().write("gates.lib", tinyLibrary().replaceAll(/ff \(IQ, IQN\) \{[^}]*\}/g, ""));
    await expect(prepare(userTechnology([path]), [path])).rejects.toThrow(
      `no cell of ${path} is a flip-flop; add the library's file of sequential cells`,
    );
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
