import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, rtlFolder } from "../../gen/host/files.ts";
import { readManifest, type ModuleEntry } from "../../gen/manifest.ts";
import { bench } from "./bench.ts";
import { benchReport, renderBench } from "./report.ts";
import type { Way } from "./schema.ts";
import { toolchain } from "../tb/support/designs.ts";

const { modules } = readManifest(rtlFolder);

function entryOf(name: string): ModuleEntry {
  const entry = modules.find((module) => module.name === name);
  if (entry === undefined) throw new Error(`the catalogue has no ${name}`);
  return entry;
}

const few = { streamed: 64, vectors: 64, interactive: 8, interpreted: 8 };

describe("npm run bench", () => {
  it("measures every way to simulate a core, each with a rate and a ratio to the bare loop", async () => {
    const tools = await toolchain();
    const result = await bench({ entry: entryOf("exp_bf16"), rtlFolder, tools, rounds: 2, amounts: few });
    expect(result.ways.map(({ name }) => name)).toEqual([
      "bare C++ loop",
      "streaming",
      "streaming, with stimulus and golden model",
      "interactive",
      "coroutine (await RisingEdge)",
      "interpreter, interactive",
    ]);
    for (const { cyclesPerSecond, ofBareLoop } of result.ways) {
      expect(cyclesPerSecond).toBeGreaterThan(0);
      expect(ofBareLoop.least).toBeLessThanOrEqual(ofBareLoop.most);
    }
    expect(renderBench(result)).toContain("| bare C++ loop");
  });

  it.each(["softmax_bf16_x1", "flare_bf16_x8_axis"])("refuses %s, which is not streamed", async (name) => {
    const tools = await toolchain();
    const request = { entry: entryOf(name), rtlFolder, tools, rounds: 1, amounts: few };
    await expect(bench(request)).rejects.toThrow(`"${name}" is no elementwise core`);
  });
});

describe("the committed report of speed", () => {
  const folder = join(projectRoot, "reports");
  const report = benchReport.read(folder);

  it("is of a core as it is now: after a change, `npm run bench -- --out reports` renews it", () => {
    expect(report.specHash).toBe(entryOf(report.core).specHash);
  });

  it("is printed and rendered by this code, byte for byte", () => {
    expect(benchReport.print(report)).toBe(readFileSync(join(folder, "bench.json"), "utf8"));
    expect(renderBench(report)).toBe(readFileSync(join(folder, "bench.md"), "utf8"));
  });

  const way = (name: string): Way | undefined => report.ways.find((each) => each.name === name);

  it("shows streaming at half of the bare loop's rate or better", () => {
    expect(way("streaming")?.ofBareLoop.median).toBeGreaterThanOrEqual(0.5);
  });

  it("shows single cycles at 50,000 per second or more", () => {
    expect(way("interactive")?.cyclesPerSecond).toBeGreaterThanOrEqual(50_000);
  });
});
