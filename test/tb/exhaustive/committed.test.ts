import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import { projectSources } from "../../../tb/exhaustive/designs.ts";
import { exhaustiveReport, renderExhaustive } from "../../../tb/exhaustive/report.ts";
import { homes } from "../../../tb/families/index.ts";

const reports = join(projectRoot, "reports");
const report = exhaustiveReport.read(reports);

function checksumOf(name: string): string {
  const found = report.units.find((unit) => unit.name === name);
  if (found === undefined) throw new Error(`exhaustive.json has no ${name}; run \`npm run sim -- --exhaustive\``);
  return found.checksum;
}

describe("the committed report of every input", () => {
  it("is of the designs that there are now: after a change, `npm run sim -- --exhaustive` renews it", () => {
    const now = projectSources(undefined, homes).map(({ subject: { entry, space } }) => [
      entry.name,
      entry.specHash,
      space.pairs,
    ]);
    for (const { name, specHash, pairs } of report.units) expect(now).toContainEqual([name, specHash, pairs]);
  });

  it.each(["fp8_e4m3_x8", "fp8_e5m2_x8"])("has the same checksum for both units that add, in %s", (design) => {
    expect(checksumOf(`flare_${design}`)).toBe(checksumOf(`fire_relu_${design}`));
  });

  it("holds all 2^32 pairs of both units that add, which gave the same results", () => {
    expect(checksumOf("flare_bf16_x8")).toBe(checksumOf("fire_relu_bf16_x8"));
    const pairs = report.units.filter(({ name }) => name.endsWith("_bf16_x8")).map((unit) => unit.pairs);
    expect(pairs).toEqual([2 ** 16, 2 ** 32, 2 ** 32]);
  });

  it("is printed and rendered by this code, byte for byte", () => {
    expect(exhaustiveReport.print(report)).toBe(readFileSync(join(reports, "exhaustive.json"), "utf8"));
    expect(renderExhaustive(report)).toBe(readFileSync(join(reports, "exhaustive.md"), "utf8"));
  });
});
