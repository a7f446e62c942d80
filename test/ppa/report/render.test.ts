import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import { writeReport } from "../../../ppa/report/files.ts";
import { renderAll, rendered } from "../../../ppa/report/render.ts";
import { writeSweep } from "../../../ppa/report/sweep.ts";
import { someReport } from "../support/report.ts";
import { useSandbox } from "../support/sandbox.ts";
import { measuredUnits, sparsitySweep, stagesAndLanes } from "./support/measured.ts";
import { unbalanced } from "./support/markup.ts";

const sandbox = useSandbox();
const reports = [...measuredUnits("asap7"), ...measuredUnits("sky130hd")];
const sweeps = [stagesAndLanes(), sparsitySweep()];
const warnings = vi.spyOn(console, "warn");
const files = await rendered(reports, sweeps);
const page = files.get("index.html") ?? "";
const plots = [...files].filter(([path]) => path.endsWith(".svg"));

describe("what is rendered", () => {
  test("is the summary, the page and a plot for each question", () => {
    expect([...files.keys()].sort()).toEqual([
      "index.html",
      "plots/pareto-asap7.svg",
      "plots/pareto-sky130hd.svg",
      "plots/power-shares-asap7.svg",
      "plots/power-shares-sky130hd.svg",
      "plots/ratios-asap7.svg",
      "plots/ratios-sky130hd.svg",
      "plots/sweep-flare-stages-lanes-sky130hd-area.svg",
      "plots/sweep-flare-stages-lanes-sky130hd-energy.svg",
      "plots/sweep-sparsity-sky130hd.svg",
      "summary.md",
    ]);
  });

  test("is the same from the same reports", async () => {
    expect(await rendered(reports, sweeps)).toEqual(files);
  });

  test("is the same in another process, whatever was drawn there before", () => {
    const program = `
      import { rendered } from "./ppa/report/render.ts";
      import { measuredUnits, sparsitySweep, stagesAndLanes } from "./test/ppa/report/support/measured.ts";
      await rendered(measuredUnits("osu018"), []);
      const files = await rendered([...measuredUnits("asap7"), ...measuredUnits("sky130hd")], [stagesAndLanes(), sparsitySweep()]);
      process.stdout.write(JSON.stringify([...files]));`;
    const tsx = ["--import", "tsx", "--input-type=module", "--eval", program];
    const text = execFileSync(process.execPath, tsx, { cwd: projectRoot, encoding: "utf8", maxBuffer: 1 << 26 });
    expect(new Map(JSON.parse(text) as [string, string][])).toEqual(files);
  });

  test("shows the same figures in the summary and on the page", () => {
    const numbers = (text: string): readonly string[] => [...new Set(text.match(/\d+\.\d{2,}/g))].sort();
    const summary = numbers(files.get("summary.md") ?? "");
    const shown = new Set(numbers(page));
    expect(summary.filter((number) => !shown.has(number))).toEqual([]);
  });

  test("says nothing of power where nothing was measured, and does not fail", async () => {
    const bare = await rendered([someReport()], []);
    expect(bare.get("summary.md")).toMatch(/\| Power \(mW\) +\| +4\.87 \| +516\.28 \| +— \|/);
    expect([...bare.keys()]).not.toContain("plots/power-shares-osu018.svg");
    expect((await rendered([], [])).get("index.html")).toContain("<h1");
  });
});

describe("the page", () => {
  test("is well-formed, and each identifier is there once", () => {
    expect(unbalanced(page)).toEqual([]);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const targets = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("fetches nothing and runs nothing", () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=/);
    expect(page.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:/);
  });

  test("has a language, headings in order, scopes, and words for each plot", () => {
    expect(page).toContain('<html lang="en">');
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels.every((level, i) => level <= (levels[i - 1] ?? 0) + 1)).toBe(true);
    expect(page.match(/<th(?! scope="(row|col)")[ >]/g)).toBeNull();
    const labelled = page.match(/<svg role="img" aria-label="[^"]+"/g) ?? [];
    expect(labelled).toHaveLength(plots.length);
  });

  test("has the provenance of each report, with text escaped", () => {
    expect(page.match(/<summary>(asap7|sky130hd)\//g)).toHaveLength(reports.length);
    expect(page).toContain("What uniform draws &lt;from&gt;.");
    expect(page).toContain("540672 output bits in 4224 cycles compared, 0 differed");
  });
});

describe("plots", () => {
  test("are drawn without a warning of Vega-Lite's", () => {
    expect(warnings).not.toHaveBeenCalled();
  });

  test.each(plots)("%s is well-formed, transparent, and draws every point", (_, svg) => {
    expect(unbalanced(svg)).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|#fff|"white"|"black"| id=/);
  });
});

describe("rendering a folder", () => {
  test("writes what changed, says so, and drops plots of what is gone", async () => {
    const { reports: folder } = sandbox();
    writeReport(folder, someReport());
    writeSweep(folder, sparsitySweep("osu018"));
    mkdirSync(join(folder, "plots"), { recursive: true });
    writeFileSync(join(folder, "plots", "old.svg"), "<svg/>");
    expect(await renderAll(folder)).toEqual([
      "index.html",
      "plots/old.svg",
      "plots/pareto-osu018.svg",
      "plots/sweep-sparsity-osu018.svg",
      "summary.md",
    ]);
    expect(existsSync(join(folder, "plots", "old.svg"))).toBe(false);
    expect(await renderAll(folder)).toEqual([]);
    expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("(plots/sweep-sparsity-osu018.svg)");
  });

  test("changes nothing where a report cannot be read", async () => {
    const { reports: folder } = sandbox();
    writeReport(folder, someReport());
    writeFileSync(join(folder, "osu018", "bad.json"), "{");
    await expect(renderAll(folder)).rejects.toThrow(/bad\.json is not a report/);
    expect(existsSync(join(folder, "index.html"))).toBe(false);
  });
});
