import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../gen/host/files.ts";

/** What each folder may import from outside itself (tb/README.md). */
const allowed: readonly (readonly [folder: string, targets: readonly string[]])[] = [
  ["tb/golden", ["gen/numeric"]],
  ["tb/dut", ["gen/hdl", "gen/host", "gen/manifest.ts"]],
  ["tb/bench", ["tb/dut", "gen/manifest.ts", "gen/numeric"]],
  ["tb/bin", ["tb/dut/verilator", "gen/host"]],
];

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, target = ""]) => target);
  return found.map((target) => relative(projectRoot, resolve(dirname(file), target)));
}

function filesOf(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(projectRoot, folder, name));
}

describe("imports", () => {
  it.each(allowed)("of %s stay within it and %s", (folder, targets) => {
    for (const file of filesOf(folder)) {
      const foreign = importsOf(file).filter(
        (target) => ![folder, ...targets].some((place) => target.startsWith(place)),
      );
      expect(foreign, relative(projectRoot, file)).toEqual([]);
    }
  });

  it("of gen/ never reach tb/", () => {
    for (const file of filesOf("gen")) expect(importsOf(file).filter((target) => target.startsWith("tb/"))).toEqual([]);
  });
});
