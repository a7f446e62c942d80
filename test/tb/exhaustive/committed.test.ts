import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import { projectSources } from "../../../tb/exhaustive/designs.ts";
import { printExhaustive, readExhaustive, renderExhaustive } from "../../../tb/exhaustive/report.ts";

const reports = join(projectRoot, "reports");
const report = readExhaustive(join(reports, "exhaustive.json"));

describe("the committed report of every input", () => {
  it("is of the designs that there are now: after a change, `npm run sim -- --exhaustive` renews it", () => {
    const wanted = projectSources(undefined).map(({ subject: { entry, space } }) => [
      entry.name,
      entry.specHash,
      space.pairs,
    ]);
    expect(report.units.map(({ name, specHash, pairs }) => [name, specHash, pairs])).toEqual(wanted);
  });

  it("holds all 2^32 pairs of both units that add, which gave the same results", () => {
    const [fire, flare] = ["fire_relu_bf16_x8", "flare_bf16_x8"].map((name) =>
      report.units.find((unit) => unit.name === name),
    );
    expect(flare?.pairs).toBe(2 ** 32);
    expect(fire?.pairs).toBe(2 ** 32);
    expect(flare?.checksum).toBe(fire?.checksum);
  });

  it("is printed and rendered by this code, byte for byte", () => {
    expect(printExhaustive(report)).toBe(readFileSync(join(reports, "exhaustive.json"), "utf8"));
    expect(renderExhaustive(report)).toBe(readFileSync(join(reports, "exhaustive.md"), "utf8"));
  });
});
