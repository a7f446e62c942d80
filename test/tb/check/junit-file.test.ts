import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { junitFile } from "../../../tb/check/junit-file.ts";
import { accumulator, temporaryFolder } from "../support/designs.ts";

const asked = { seed: 3, vectors: 500, simulator: "verilator", rtl: undefined } as const;
const [first, second] = ["first", "second"].map((name) => ({ ...accumulator, name }));
if (first === undefined || second === undefined) throw new Error("unreachable");

describe("junitFile", () => {
  it("removes what an earlier run left, and writes the run that was cut short with what it had", async () => {
    const path = join(temporaryFolder(), "deep", "results.xml");
    junitFile(path, [first], asked).write();
    const old = readFileSync(path, "utf8");
    const file = junitFile(path, [first, second], asked);
    expect(existsSync(path)).toBe(false);
    const broken = file.noting(first, Promise.reject(new Error("the disk is full")));
    await expect(broken).rejects.toThrow("the disk is full");
    file.write();
    const text = readFileSync(path, "utf8");
    expect(text).not.toBe(old);
    expect(text).toContain('tests="2" failures="0" errors="1" skipped="1"');
    expect(text).toContain("the disk is full");
  });

  it("says in one sentence that it cannot be written, before anything runs", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    for (const path of [folder, join(folder, "file", "results.xml")]) {
      expect(() => junitFile(path, [first], asked)).toThrow(
        /^cannot write .*; give --junit a file that can be written$/,
      );
    }
  });

  it("writes nothing where nobody asked", async () => {
    const file = junitFile(undefined, [first], asked);
    await expect(file.noting(first, Promise.reject(new Error("no")))).rejects.toThrow("no");
    file.write();
  });
});
