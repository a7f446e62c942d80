import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pLimit from "p-limit";
import { describe, expect, test, vi } from "vitest";
import { findTool } from "../../../gen/host/tool.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { readDesign } from "../../../ppa/design.ts";
import { renderGlitches } from "../../../ppa/glitch/render.ts";
import { printGlitches, readGlitches } from "../../../ppa/report/glitches.ts";
import { writeReport } from "../../../ppa/report/files.ts";
import type { Report } from "../../../ppa/report/schema.ts";
import { findNetlist } from "../../../ppa/search/find.ts";
import { openSta } from "../../../ppa/sta/tool.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { osu018 } from "../../../ppa/tech/osu018.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { runFlare, type Ended } from "../../support/flare.ts";
import { someReport } from "../support/report.ts";
import { useSandbox } from "../support/sandbox.ts";
import { writeGenerated } from "../support/tiny-design.ts";
import { glitchTools } from "./support/tools.ts";

vi.mock("../../../ppa/search/search.ts", () => import("../support/two-recipes.ts"));

const sandbox = useSandbox();
const hasTools = await glitchTools();

function glitches(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { rtl, reports, folder, cache } = sandbox();
  const places = ["--rtl", rtl, "--reports", reports, "--out", join(folder, "out")];
  return runFlare(["glitches", ...places, ...args], { FLARE_CACHE: cache, TMPDIR: folder, ...env });
}

async function refusal(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { exitCode, stderr } = await glitches(args, env);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: [^\n]+$/);
  return stderr.slice("error: ".length);
}

/** A ReLU of two lanes, and a report of it. */
async function writeRelu(changes: Partial<Report> = {}): Promise<void> {
  const { rtl, reports, cache } = sandbox();
  writeGenerated(rtl, { unit: "relu", lanes: 2 });
  vi.stubEnv("FLARE_CACHE", cache);
  const technology = await prepare(osu018, locate(osu018) ?? []);
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("a module");
  const design = readDesign(rtl, entry);
  const bench = { sta: await findTool(openSta), limit: pLimit(1), timeoutMs: 60_000 };
  const { chosen } = await findNetlist(bench, design, technology, undefined, () => undefined);
  vi.unstubAllEnvs();
  const periodPs = Math.ceil(chosen.periodPs * 100) / 100;
  const fmaxMHz = Math.floor(1e8 / periodPs) / 100;
  mkdirSync(join(reports, "osu018"), { recursive: true });
  const { specHash } = entry;
  writeReport(reports, someReport({ unit: entry.name, specHash, clockPeriodPs: periodPs, fmaxMHz, ...changes }));
}

describe.skipIf(!hasTools)("npm run glitches", () => {
  test("writes the JSON and what is rendered from it, and says the same of a second run", async () => {
    await writeRelu();
    const { stdout, stderr, exitCode } = await glitches(["--vectors", "2"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^relu_bf16_x2: \d+\.\d % of the transitions are glitches, power x 1\.\d+$/m);
    const out = join(sandbox().folder, "out");
    const read = readGlitches(join(out, "glitches.json"));
    expect(readFileSync(join(out, "glitches.json"), "utf8")).toBe(printGlitches(read));
    expect(readFileSync(join(out, "glitches.md"), "utf8")).toBe(renderGlitches(read));
    const [unit] = read.units;
    expect(unit).toMatchObject({ unit: "relu_bf16_x2", vectors: [0, 16], cycles: 2 * 513 });
    expect(unit?.transitions.all).toBeGreaterThan(unit?.transitions.settled ?? Infinity);
    expect(unit?.power.map(({ atMHz }) => atMHz)).toContain(100);
    expect((await glitches(["--vectors", "2"])).stdout).toMatch(/0 of them changed$/m);
  });

  test("refuses a report of other sources, and one that the search does not lead to", async () => {
    await writeRelu({ specHash: "ab" });
    expect(await refusal([])).toMatch(
      /^the report of relu_bf16_x2 in osu018 is of other sources; make it again with `npm run ppa -- --unit relu_bf16_x2/,
    );
    await writeRelu({ clockPeriodPs: 77 });
    expect(await refusal([])).toMatch(
      /^the report of relu_bf16_x2 in osu018 says 77 ps, but the search reaches \d+\.\d+ ps; /,
    );
  });

  test("refuses what it does not know", async () => {
    expect(await refusal(["--unit", "gelu"])).toMatch(/^unknown unit "gelu"; .* has tiny_bf16_x1$/);
    expect(await refusal(["--unit", "tiny_bf16_x1"])).toMatch(
      /^tiny_bf16_x1 has no report in osu018; make it with `npm run ppa -- --unit tiny_bf16_x1 --tech osu018`$/,
    );
    expect(await refusal([])).toMatch(/ has no report of osu018; make them with `npm run ppa -- --tech osu018`$/);
    expect(await refusal(["--vectors", "0"])).toMatch(/^--vectors is a whole number from 1 to 32, not "0"; /);
    expect(await refusal(["--workload", "dreams"])).toMatch(/^unknown workload "dreams"; use uniform, attention/);
  });

  test("keeps the report of the whole catalogue from runs of a part", async () => {
    const { stderr } = await runFlare(["glitches", "--unit", "relu_bf16_x8"]);
    expect(stderr).toMatch(/^error: --unit, --rtl and --reports need --out FOLDER; /);
  });

  test("says how to get Icarus where it is missing", async () => {
    expect(await refusal([], { FLARE_IVERILOG: "/nowhere/iverilog" })).toBe(
      "Icarus Verilog (`/nowhere/iverilog`) was not found; install it with `apt-get install iverilog`, or set FLARE_IVERILOG to its path",
    );
    expect(await refusal([], { FLARE_VVP: "/nowhere/vvp" })).toMatch(
      /^Icarus Verilog's vvp \(`\/nowhere\/vvp`\) was not found; /,
    );
  });
});
