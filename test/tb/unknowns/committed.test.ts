import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, rtlFolder } from "../../../gen/host/files.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { unknownsReport } from "../../../tb/unknowns/report.ts";
import { renderUnknowns } from "../../../tb/unknowns/render.ts";

const reports = join(projectRoot, "reports");
const report = unknownsReport.read(reports);
const { modules } = readManifest(rtlFolder);

describe("the committed report of unknowns", () => {
  it("is of the designs that there are now: after a change, `npm run unknowns` renews it", () => {
    const texts = report.modules.filter(({ level }) => level === "rtl");
    expect(texts.map(({ name, specHash }) => [name, specHash])).toEqual(
      modules.map(({ name, specHash }) => [name, specHash]),
    );
  });

  it("has the netlist of every core: `npm run ppa -- --netlists` and `npm run unknowns -- --gates` renew them", () => {
    const netlists = report.modules.filter(({ level }) => level === "osu018");
    const cores = modules.filter(({ kind }) => kind === "core");
    expect(netlists.map(({ name, specHash }) => [name, specHash])).toEqual(
      cores.map(({ name, specHash }) => [name, specHash]),
    );
  });

  it("has X at inputs of every module, beats and resets", () => {
    for (const { unknownInputBits, beats, comparisons } of report.modules) {
      expect(Math.min(unknownInputBits, beats, comparisons)).toBeGreaterThan(0);
    }
  });

  it("is printed and rendered by this code, byte for byte", () => {
    expect(unknownsReport.print(report)).toBe(readFileSync(join(reports, "unknowns.json"), "utf8"));
    expect(renderUnknowns(report)).toBe(readFileSync(join(reports, "unknowns.md"), "utf8"));
  });
});
