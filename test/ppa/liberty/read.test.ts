import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { UserError } from "../../../gen/host/user-error.ts";
import { parseLibertyFile, readLibertyText } from "../../../ppa/liberty/read.ts";
import { tinyLibrary } from "../support/tiny-library.ts";
import { useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();

const complaint = (path: string): string => {
  try {
    parseLibertyFile(path, readLibertyText(path));
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown.message;
    throw thrown;
  }
  return "none";
};

describe("reading a Liberty file", () => {
  test("decompresses gzip, whatever the file is called", () => {
    const { write } = sandbox();
    const packed = gzipSync(tinyLibrary());
    expect(readLibertyText(write("a.lib.gz", packed))).toBe(tinyLibrary());
    expect(readLibertyText(write("b.lib", packed))).toBe(tinyLibrary());
  });

  test("drops a byte-order mark", () => {
    expect(readLibertyText(sandbox().write("marked.lib", `\uFEFF${tinyLibrary()}`))).toBe(tinyLibrary());
  });

  test("names the file and the remedy where there is none", () => {
    const missing = `${sandbox().folder}/missing.lib`;
    expect(complaint(missing)).toBe(`the Liberty file ${missing} does not exist; check the path`);
    expect(complaint(sandbox().folder)).toBe(
      `${sandbox().folder} is a folder; name the Liberty files in it one by one`,
    );
  });

  test("names the file and the remedy where it is empty", () => {
    const path = sandbox().write("empty.lib", " \n");
    expect(complaint(path)).toBe(`the Liberty file ${path} is empty; name one that holds a library`);
  });

  test("names the file and the place where it is cut off", () => {
    const path = sandbox().write("cut.lib", tinyLibrary().slice(0, -3));
    expect(complaint(path)).toMatch(/^.*cut\.lib is not a complete Liberty file: it ends inside .*; fetch it again$/);
  });

  test("names the file where gzip data are garbage, cut off, or no gzip at all", () => {
    const { write } = sandbox();
    const packed = gzipSync(tinyLibrary());
    expect(complaint(write("cut.lib.gz", packed.subarray(0, 200)))).toMatch(
      /^cannot decompress .*cut\.lib\.gz: .*fetch the file again$/,
    );
    expect(complaint(write("bad.lib.gz", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])))).toMatch(
      /^cannot decompress/,
    );
    expect(complaint(write("text.lib.gz", "plain"))).toMatch(
      /is called \.gz but is not gzip data; fetch it again or rename it$/,
    );
  });

  test("refuses what is Liberty but no library of cells", () => {
    const { write } = sandbox();
    expect(complaint(write("none.lib", "library (l) { }"))).toMatch(/it holds no cell/);
    expect(complaint(write("other.lib", "cell (c) { }"))).toMatch(/its outermost group is "cell", not "library"/);
  });
});
