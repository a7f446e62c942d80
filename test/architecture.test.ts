import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../gen/host/files.ts";

/** What each folder may import from, beside itself: dependencies point one way. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "gen/host": [],
  "gen/numeric": ["gen/host"],
  "gen/hdl": ["gen/host"],
  "gen/emit": ["gen/hdl"],
  "gen/lib": ["gen/hdl", "gen/numeric", "gen/spec.ts"],
  "gen/units": ["gen/lib", "gen/hdl", "gen/numeric", "gen/spec.ts"],
  "gen/families": ["gen/units", "gen/lib", "gen/hdl", "gen/numeric", "gen/host", "gen/spec.ts"],
  "tb/golden": ["gen/numeric"],
  "tb/coverage": ["tb/bench", "tb/check", "tb/dut", "tb/progress.ts", "tb/report-files.ts", "gen"],
  "tb/accuracy": [
    "tb/golden",
    "tb/bench",
    "tb/report-files.ts",
    "gen/numeric",
    "gen/host",
    "gen/manifest.ts",
    "gen/spec.ts",
  ],
  "tb/mutation": ["tb/check", "tb/dut", "tb/bench", "tb/progress.ts", "tb/report-files.ts", "gen"],
  "tb/exhaustive": ["tb/golden", "tb/dut", "tb/check", "tb/report-files.ts", "gen"],
  "tb/scenario": ["tb/bench", "tb/dut", "tb/wave", "gen"],
  "tb/formal": ["tb/check", "tb/progress.ts", "tb/report-files.ts", "gen"],
  "tb/wave": ["tb/dut", "gen/manifest.ts"],
  "tb/dut": ["gen/hdl", "gen/numeric", "gen/host", "gen/manifest.ts"],
  "tb/unknowns": [
    "tb/check",
    "tb/dut",
    "tb/bench",
    "tb/progress.ts",
    "tb/report-files.ts",
    "gen/host",
    "gen/numeric",
    "gen/manifest.ts",
    "gen/catalog.ts",
  ],
  "ppa/gates": ["ppa/activity", "ppa/liberty", "ppa/netlist", "gen/host", "gen/manifest.ts"],
  "tb/bench": ["tb/dut", "gen/manifest.ts", "gen/numeric"],
  "tb/bin": ["tb/dut/verilator", "gen/host"],
};

function sourcesIn(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(projectRoot, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s+"(\.[^"]+)"/g)].map(([, path]) =>
    relative(projectRoot, resolve(join(projectRoot, dirname(file)), path ?? "")),
  );
}

const inside = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);

describe("dependencies point one way", () => {
  it.each(Object.entries(allowed))("%s imports only from %j", (folder, places) => {
    const wrong = sourcesIn(folder).flatMap((file) =>
      importsOf(file)
        .filter((target) => ![folder, ...places].some((place) => inside(target, place)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(["gen", "tb", "ppa"])("%s imports from no folder that stands on it", (folder) => {
    const above = { gen: ["tb", "ppa", "test"], tb: ["ppa", "test"], ppa: ["tb", "test"] }[folder] ?? [];
    const wrong = sourcesIn(folder).flatMap((file) =>
      importsOf(file).filter((target) => above.some((place) => inside(target, place))),
    );
    expect(wrong).toEqual([]);
  });
});

describe("layout", () => {
  it("the top level holds the documented files and folders and nothing else", () => {
    const expected = ["LICENSE", "Makefile", "README.md", "gen", "package-lock.json", "package.json", "ppa", "reports"];
    // `build` is where the README puts designs of the user's own; git ignores both.
    const scratch = ["node_modules", "build"];
    const shown = readdirSync(projectRoot).filter((name) => !name.startsWith(".") && !scratch.includes(name));
    expect(shown.sort()).toEqual([...expected, "rtl", "tb", "test", "tsconfig.json"].sort());
  });

  it.each(["gen", "rtl", "tb", "ppa", "reports", "test"])("%s has a README of its own", (folder) => {
    expect(readdirSync(join(projectRoot, folder))).toContain("README.md");
  });
});
