import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unknownsReport, updateReport } from "../../../tb/unknowns/report.ts";
import type { UnknownsModule } from "../../../tb/unknowns/schema.ts";
import { temporaryFolder } from "../support/designs.ts";

const hash = (digit: string): string => digit.repeat(64);

const entry = (changes: Partial<UnknownsModule>): UnknownsModule => ({
  name: "a",
  unit: "relu",
  level: "rtl",
  specHash: hash("1"),
  icarus: "11.0",
  seed: 1,
  elements: 10,
  cycles: 1000,
  resets: 3,
  comparisons: 2,
  beats: 400,
  unknownInputBits: 5000,
  knownOutputBits: 6000,
  unknownOutputBits: 0,
  measured: { seconds: 1.5 },
  ...changes,
});

const known = [
  { name: "a", specHash: hash("1") },
  { name: "b", specHash: hash("2") },
];

const update = (folder: string, ...fresh: UnknownsModule[]): number => updateReport(folder, fresh, known);
const modulesIn = (folder: string): readonly UnknownsModule[] => unknownsReport.read(folder).modules;

describe("the report of unknowns", () => {
  it("keeps modules that were not tried again, text before netlists", () => {
    const folder = temporaryFolder();
    update(folder, entry({ level: "osu018" }), entry({}));
    update(folder, entry({ name: "b", specHash: hash("2") }));
    expect(modulesIn(folder).map(({ name, level }) => `${name} ${level}`)).toEqual(["a rtl", "b rtl", "a osu018"]);
  });

  it("drops what was found of a design that is no more", () => {
    const folder = temporaryFolder();
    update(folder, entry({ specHash: hash("3"), level: "osu018" }), entry({}));
    update(folder, entry({}));
    expect(modulesIn(folder)).toEqual([entry({})]);
  });

  it("stays as it is, time included, where a run gives the same again", () => {
    const folder = temporaryFolder();
    expect(update(folder, entry({}))).toBe(2);
    expect(update(folder, entry({ measured: { seconds: 9 } }))).toBe(0);
    expect(update(folder, entry({ cycles: 1001, measured: { seconds: 9 } }))).toBe(2);
    expect(modulesIn(folder)[0]?.measured.seconds).toBe(9);
  });

  it("refuses a file that is no report, with the remedy", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "unknowns.json"), '{"modules": [{"unknownOutputBits": 1}]}');
    expect(() => update(folder, entry({}))).toThrow(
      /unknowns\.json is no report of runs with unknowns: [^]*; remove it, and make it again with `npm run unknowns`$/,
    );
  });

  it("is written whole", () => {
    const folder = temporaryFolder();
    update(folder, entry({}));
    expect(readFileSync(join(folder, "unknowns.md"), "utf8")).toMatch(/^# Unknowns and reset\n[^]*\n$/);
  });
});
