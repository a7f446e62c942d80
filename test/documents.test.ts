import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../gen/host/files.ts";
import { readReport } from "../ppa/report/files.ts";
import type { Report } from "../ppa/report/schema.ts";
import { mutationReport } from "../tb/mutation/report.ts";
import { scoreOf } from "../tb/mutation/schema.ts";
import { percent } from "../tb/mutation/words.ts";

const documents = ["", "gen", "rtl", "tb", "ppa", "reports", "test"].flatMap((folder) =>
  readdirSync(join(projectRoot, folder), { recursive: folder !== "", withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name))),
);

/** The lines of a document outside blocks of code, with their numbers. */
function proseOf(document: string): { readonly line: string; readonly number: number }[] {
  let inCode = false;
  return readFileSync(join(projectRoot, document), "utf8")
    .split("\n")
    .flatMap((line, index) => {
      const isFence = line.trimStart().startsWith("```");
      if (isFence) inCode = !inCode;
      return isFence || inCode ? [] : [{ line, number: index + 1 }];
    });
}

const cellsOf = (row: string): number => row.replace(/`[^`]*`|\\\|/g, "").split("|").length;

describe.each(documents)("%s", (document) => {
  it("has as many cells in each row of a table as in the one above", () => {
    const rows = proseOf(document).filter(({ line }) => line.startsWith("|"));
    const uneven = rows.flatMap(({ line, number }, at) => {
      const above = rows[at - 1];
      const isSameTable = above?.number === number - 1;
      return isSameTable && cellsOf(above.line) !== cellsOf(line) ? [`line ${number}: ${line}`] : [];
    });
    expect(uneven).toEqual([]);
  });

  it("links to files that exist", () => {
    const links = proseOf(document).flatMap(({ line, number }) =>
      [...line.replace(/`[^`]*`/g, "").matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = ""]) => ({
        target,
        number,
      })),
    );
    const broken = links.filter(
      ({ target }) => !/^[a-z]+:/.test(target) && !existsSync(join(projectRoot, dirname(document), target)),
    );
    expect(broken).toEqual([]);
  });
});

/** Folders of what a command makes, which need not be there. */
const made = /^(build|\.cache|node_modules|dist)\//;

/**
 * Whether a path in a document names a file or folder: from the document's own folder or one around it, up to the project's, or from test/, which
 * mirrors them; the ending may be left out.
 */
function isThere(document: string, path: string): boolean {
  const folders = ["", "test"];
  for (const part of dirname(document).split("/"))
    folders.push(join(folders.at(-1) === "test" ? "" : (folders.at(-1) ?? ""), part));
  const endings = ["", ".ts", ".test.ts"];
  return folders.some((folder) => endings.some((ending) => existsSync(join(projectRoot, folder, `${path}${ending}`))));
}

it.each(documents.filter((document) => document.endsWith("README.md")))(
  "%s names files and folders, in code marks, that exist",
  (document) => {
    const named = proseOf(document).flatMap(({ line, number }) =>
      [...line.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => ({ text, number })),
    );
    const paths = named.filter(({ text }) => /^(\.?[\w-]+|\.\.)(\/[\w.-]+)*\/[\w.-]*$/.test(text) && !made.test(text));
    expect(paths.filter(({ text }) => !isThere(document, text))).toEqual([]);
    const around = readdirSync(join(projectRoot, dirname(document)), { recursive: true, encoding: "utf8" });
    const files = new Set([...around, ...readdirSync(projectRoot)].map((path) => path.replace(/^.*\//, "")));
    const sources = named.filter(({ text }) => /^[\w.-]+\.(ts|mjs|cpp|h)$/.test(text));
    expect(sources.filter(({ text }) => !files.has(text))).toEqual([]);
  },
);

it("README.md is read in one sitting: at most 120 lines", () => {
  expect(readFileSync(join(projectRoot, "README.md"), "utf8").split("\n").length).toBeLessThanOrEqual(120);
});

describe("the figures of README.md are those of the reports", () => {
  const readme = readFileSync(join(projectRoot, "README.md"), "utf8").replace(/\s+/g, " ");
  const reports = join(projectRoot, "reports");
  const asap7 = (unit: string): Report => readReport(join(reports, "asap7", `${unit}.json`));
  const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
  const energy = (report: Report, workload: string, atMHz: number): number =>
    report.results?.find((result) => result.workload === workload && result.atMHz === atMHz)?.energyPerElementPj ?? NaN;
  const [relu, softmax, softmax8] = [asap7("relu_bf16_x8"), asap7("softmax_bf16_x1"), asap7("softmax_bf16_x8")];
  const [flare, fused] = [asap7("flare_bf16_x8"), asap7("fire_relu_bf16_x8")];
  const own = (report: Report): number => energy(report, "attention", report.fmaxMHz);
  const areaAtEqualRate = (report: Report): number => report.areaUm2 / report.fmaxMHz;

  it.each([
    ["mutants", mutantsSentence()],
    [
      "softmax against ReLU",
      `softmax x1 runs at a ${(relu.fmaxMHz / softmax.fmaxMHz).toFixed(2)} times lower frequency (6.26), takes ` +
        `${(softmax.areaUm2 / relu.areaUm2).toFixed(1)} times the area (57.6), ` +
        `${(softmax.latencyNs / relu.latencyNs).toFixed(1)} times the latency (101) ` +
        `and ${(own(softmax) / own(relu)).toFixed(1)} times the energy (640)`,
    ],
    [
      "softmax against FLARE, in area for the same rate",
      // Both give a beat of eight elements in every cycle, vectors back to back.
      `times the energy and ${(areaAtEqualRate(softmax8) / areaAtEqualRate(flare)).toFixed(1)} times the area`,
    ],
    [
      "FLARE against FIRE+ReLU",
      `unfused: ${(energy(flare, "attention", 500) / energy(fused, "attention", 500)).toFixed(2)} of the energy`,
    ],
  ])("%s", (_, sentence) => {
    expect(readme.includes(sentence), `README.md says "${sentence}"`).toBe(true);
  });

  it.each(["relu_bf16_x8", "fire_relu_bf16_x8", "flare_bf16_x8", "softmax_bf16_x1", "softmax_bf16_x8"])(
    "%s, in the table of results",
    (unit) => {
      const report = asap7(unit);
      const figures = [whole(report.fmaxMHz), whole(report.areaUm2), whole(report.cyclesPerVector)];
      const row = [...figures, energy(report, "attention", 500).toFixed(3)].join(" | ");
      const [, found] = new RegExp(`\\| \`${unit}\` \\| [^|]* \\| ([^a-z]*) \\|`).exec(readme) ?? [];
      expect(found).toContain(row);
    },
  );

  function mutantsSentence(): string {
    const { units } = mutationReport.read(reports);
    const mutants = units.reduce((sum, unit) => sum + unit.mutants, 0);
    return `${whole(mutants)} deliberate faults in ${units.length} modules: ${percent(scoreOf(units))} of those not proved equivalent`;
  }
});
