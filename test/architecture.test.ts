import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../gen/host/files.ts";

/** What each folder may import from, beside itself: dependencies point one way. A folder in another one that has walls of its own is no part of that. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "gen/host": [],
  "gen/numeric": ["gen/host"],
  "gen/hdl": ["gen/host"],
  "gen/emit": ["gen/hdl"],
  "gen/lib": ["gen/hdl", "gen/numeric", "gen/spec.ts"],
  "gen/units": ["gen/lib", "gen/hdl", "gen/numeric", "gen/spec.ts"],
  "gen/families": ["gen/units", "gen/lib", "gen/hdl", "gen/numeric", "gen/host", "gen/spec.ts"],
  "gen/spec.ts": ["gen/numeric"],
  "gen/manifest.ts": ["gen/families", "gen/spec.ts", "gen/host"],
  "gen/design.ts": ["gen/families", "gen/emit", "gen/hdl", "gen/manifest.ts", "gen/spec.ts", "gen/host"],
  "gen/catalog.ts": ["gen/design.ts", "gen/families", "gen/manifest.ts", "gen/host"],
  "gen/index.ts": ["gen/catalog.ts", "gen/design.ts", "gen/manifest.ts", "gen/host"],
  "gen/commands": ["gen/catalog.ts", "gen/design.ts", "gen/families", "gen/numeric", "gen/spec.ts", "gen/host"],
  "tb/golden": ["gen/numeric"],
  "tb/coverage/functional": ["tb/bench", "tb/check", "tb/dut", "gen"],
  "tb/coverage/structure": ["gen/host", "gen/manifest.ts"],
  "tb/coverage": ["tb/coverage", "tb/bench", "tb/check", "tb/dut", "tb/report-files.ts", "gen"],
  "tb/accuracy": [
    "tb/golden",
    "tb/bench",
    "tb/report-files.ts",
    "gen/numeric",
    "gen/families",
    "gen/host",
    "gen/manifest.ts",
    "gen/spec.ts",
  ],
  "tb/mutation": ["tb/check", "tb/dut", "tb/bench", "tb/report-files.ts", "gen"],
  "tb/exhaustive": ["tb/golden", "tb/dut", "tb/check", "tb/report-files.ts", "gen"],
  "tb/scenario": ["tb/bench", "tb/dut", "tb/wave", "gen"],
  "tb/formal": ["tb/check", "tb/defect.ts", "tb/report-files.ts", "gen"],
  "tb/wave": ["tb/dut", "gen/manifest.ts"],
  "tb/dut": ["gen/hdl", "gen/numeric", "gen/host", "gen/manifest.ts"],
  "tb/unknowns": [
    "tb/check",
    "tb/dut",
    "tb/bench",
    "tb/report-files.ts",
    "gen/host",
    "gen/numeric",
    "gen/manifest.ts",
    "gen/families",
  ],
  "tb/bench": ["tb/dut", "gen/manifest.ts", "gen/numeric"],
  "tb/families": [
    "tb/golden",
    "tb/check",
    "tb/coverage/functional",
    "tb/accuracy",
    "tb/exhaustive",
    "tb/formal",
    "tb/scenario",
    "gen",
  ],
  "tb/bin": ["tb/dut/verilator", "gen/host"],
  "tb/check": [
    "tb/bench",
    "tb/dut",
    "tb/golden",
    "tb/wave",
    "gen/manifest.ts",
    "gen/numeric",
    "gen/spec.ts",
    "gen/families",
    "gen/host",
  ],
  "tb/defect.ts": ["gen/hdl"],
  "tb/report-files.ts": ["gen/host"],
  "tb/commands": ["tb", "gen"],
  ...wallsOfPpa(),
};

/** From a library's text to the page, in this order; `gen` is what a netlist is held against. */
function wallsOfPpa(): Record<string, readonly string[]> {
  const host = ["gen/host"];
  const generated = ["gen/manifest.ts", "gen/numeric"];
  const design = ["ppa/design.ts"];
  const technology = ["ppa/tech", "ppa/liberty"];
  const netlist = [...design, ...technology, "ppa/tools.ts", "ppa/netlist"];
  const activity = [...netlist, ...generated, "ppa/workload", "ppa/activity"];
  const figures = [...activity, "ppa/sta", "ppa/power"];
  const found = [...figures, "ppa/yosys", "ppa/search", "ppa/energy", "ppa/names"];
  const reported = [...found, "ppa/families", "ppa/report"];
  return {
    "ppa/liberty": host,
    "ppa/tech": [...host, "ppa/liberty"],
    "ppa/design.ts": [...host, "gen/design.ts", "gen/hdl", "gen/manifest.ts"],
    "ppa/tools.ts": host,
    "ppa/families": ["gen/families"],
    "ppa/workload": [...host, ...generated],
    "ppa/netlist": [...host, ...technology, ...design],
    "ppa/activity": [...host, ...activity, "gen/hdl"],
    "ppa/gates": [...host, ...activity],
    "ppa/sta": [...host, ...netlist, "ppa/activity"],
    "ppa/power": [...host, ...netlist, "ppa/activity", "ppa/sta"],
    "ppa/yosys": [...host, ...netlist],
    "ppa/names": [...host, ...activity, "ppa/sta"],
    "ppa/search": [...host, ...activity, "ppa/sta", "ppa/yosys"],
    "ppa/energy": [...host, ...figures],
    "ppa/report": [...host, ...found, "ppa/families", "gen/families"],
    "ppa/flow.ts": [...host, ...reported],
    "ppa/glitch": [...host, ...reported],
    "ppa/sweep": [...host, ...reported, "gen/design.ts", "gen/families", "ppa/flow.ts"],
    "ppa/run.ts": [...host, ...reported, "ppa/flow.ts", "ppa/sweep", "ppa/gates"],
    "ppa/commands": [...host, "ppa/run.ts", "ppa/glitch", "ppa/sweep", "ppa/tech", "ppa/workload"],
    "ppa/bin": [...host, "ppa/sta"],
  };
}

/** The sources in a folder and those below it, or the one source that it is. */
function sourcesIn(place: string): string[] {
  if (place.endsWith(".ts")) return [place];
  return readdirSync(join(projectRoot, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)));
}

/** The innermost folder with walls that a source is in, or else its folder of gen, tb or ppa; of a source beside these folders itself. */
function placeOf(file: string): string {
  const around = Object.keys(allowed).filter((place) => inside(file, place));
  return around.sort((a, b) => b.length - a.length)[0] ?? file.split("/").slice(0, 2).join("/");
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(projectRoot, file), "utf8");
  return [...text.matchAll(/(?:from|import)[\s(]+"(\.[^"]+)"/g)].map(([, path]) =>
    relative(projectRoot, resolve(join(projectRoot, dirname(file)), path ?? "")),
  );
}

const inside = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);

describe("dependencies point one way", () => {
  it.each(Object.entries(allowed))("%s imports only from %j", (folder, places) => {
    const own = sourcesIn(folder).filter((file) => placeOf(file) === folder);
    const mayImport = (target: string): boolean =>
      placeOf(target) === folder || places.some((place) => inside(target, place));
    const wrong = own.flatMap((file) =>
      importsOf(file)
        .filter((target) => !mayImport(target))
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

describe("no import runs upwards", () => {
  const needed = new Map<string, Set<string>>();
  for (const file of ["gen", "tb", "ppa"].flatMap(sourcesIn)) {
    const targets = importsOf(file).map(placeOf);
    needed.set(placeOf(file), new Set([...(needed.get(placeOf(file)) ?? []), ...targets]));
  }

  it("every folder and file of gen, tb and ppa has its walls", () => {
    expect(Object.keys(allowed).sort()).toEqual([...needed.keys()].sort());
  });

  it("the folders of gen, tb and ppa can be built one after another: each needs only those before it", () => {
    const left = new Set(needed.keys());
    const isReady = (place: string): boolean =>
      [...(needed.get(place) ?? [])].every((target) => target === place || !left.has(target));
    for (let next = [...left].filter(isReady); next.length > 0; next = [...left].filter(isReady)) {
      for (const place of next) left.delete(place);
    }
    expect([...left], "folders that import each other, and what needs them").toEqual([]);
  });
});

it("only flare.ts imports commands, and it imports nothing else but what they share", () => {
  const isCommand = (target: string): boolean => /^\w+\/commands\//.test(target);
  const importers = ["gen", "tb", "ppa"].flatMap(sourcesIn).filter((file) => importsOf(file).some(isCommand));
  expect(importers.filter((file) => !isCommand(file))).toEqual([]);
  expect(importsOf("flare.ts").filter((target) => !isCommand(target) && !inside(target, "gen/host"))).toEqual([]);
});

describe("layout", () => {
  it("the top level holds the documented files and folders and nothing else", () => {
    const expected = [
      "LICENSE",
      "Makefile",
      "README.md",
      "flare.mjs",
      "flare.ts",
      "gen",
      "package-lock.json",
      "package.json",
      "ppa",
      "reports",
    ];
    // `build` is where the README puts designs of the user's own; git ignores both.
    const scratch = ["node_modules", "build"];
    const shown = readdirSync(projectRoot).filter((name) => !name.startsWith(".") && !scratch.includes(name));
    expect(shown.sort()).toEqual([...expected, "rtl", "tb", "test", "tsconfig.json"].sort());
  });

  it.each(["gen", "rtl", "tb", "ppa", "reports", "test"])("%s has a README of its own", (folder) => {
    expect(readdirSync(join(projectRoot, folder))).toContain("README.md");
  });

  it("every block of gen/lib has a test of its own", () => {
    const blocks = readdirSync(join(projectRoot, "gen/lib")).map((file) => file.replace(/\.ts$/, ".test.ts"));
    const tests = readdirSync(join(projectRoot, "test/gen/lib"));
    expect(blocks.filter((test) => !tests.includes(test))).toEqual([]);
  });
});
