import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { UserError } from "../../gen/host/user-error.ts";
import { renewed, ReportFiles } from "../../tb/report-files.ts";
import { temporaryFolder } from "./support/designs.ts";

const entrySchema = z.strictObject({ name: z.string(), found: z.number(), measured: z.number() });
type Entry = z.infer<typeof entrySchema>;

const report = new ReportFiles({
  name: "example",
  schema: z.strictObject({ entries: z.array(entrySchema) }),
  subject: "examples",
  command: "npm run example",
  render: ({ entries }) => `${entries.length} entries\n`,
});

const entry = (name: string, found: number, measured: number): Entry => ({ name, found, measured });

describe("a report in two files", () => {
  it("says how many of them changed, and is read as it was written", () => {
    const folder = join(temporaryFolder(), "new");
    const entries = [entry("a", 1, 2)];
    expect(report.find(folder)).toBeUndefined();
    expect(report.write(folder, { entries })).toBe(2);
    expect(report.write(folder, { entries })).toBe(0);
    // The page has only the number of entries.
    expect(report.write(folder, { entries: [entry("a", 3, 2)] })).toBe(1);
    expect(report.read(folder)).toEqual({ entries: [entry("a", 3, 2)] });
    expect(readFileSync(join(folder, "example.md"), "utf8")).toBe("1 entries\n");
  });

  it("refuses what is no such report, in a sentence with the remedy", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "example.json"), '{"entries": 1}');
    expect(() => report.find(folder)).toThrow(UserError);
    expect(() => report.find(folder)).toThrow(
      /example\.json is no report of examples: [^]*again with `npm run example`$/,
    );
  });
});

describe("entries that are renewed", () => {
  const before = [entry("a", 1, 10), entry("b", 2, 20)];

  it("stand in the order of those that are known; others are forgotten", () => {
    expect(renewed(before, [entry("c", 3, 30)], ["c", "b", "d"]).map(({ name }) => name)).toEqual(["c", "b"]);
  });

  it("keep the time of the first run that found the same, in whatever order its fields are", () => {
    expect(renewed(before, [{ measured: 11, found: 1, name: "a" }], ["a"])).toEqual([entry("a", 1, 10)]);
    expect(renewed(before, [entry("a", 5, 11)], ["a"])).toEqual([entry("a", 5, 11)]);
  });
});
