import type * as fs from "node:fs";
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { shellWord } from "../../../../gen/host/command.ts";
import type { ModuleEntry } from "../../../../gen/manifest.ts";
import { buildSimulator, type BuildVariant } from "../../../../tb/dut/verilator/build.ts";
import type { Toolchain } from "../../../../tb/dut/verilator/tools.ts";
import { fakeTool } from "../../support/cli.ts";
import { accumulator, temporaryFolder, writeAccumulator } from "../../support/designs.ts";

/** The file of our own that has a line more in it, for what reads it. */
const edited = vi.hoisted(() => ({ name: "none" }));

vi.mock("node:fs", async (actual) => {
  const real = await actual<typeof fs>();
  const read = (path: fs.PathOrFileDescriptor, options?: never): unknown => {
    const content: unknown = real.readFileSync(path, options);
    return String(path).endsWith(`/${edited.name}`) ? `${String(content)}\n// edited\n` : content;
  };
  return { ...real, readFileSync: read };
});

let tools: Toolchain;
let rtl = "";

beforeEach(() => {
  edited.name = "none";
  rtl = writeAccumulator();
  vi.stubEnv("FLARE_CACHE", temporaryFolder());
  const compiler = fakeTool('while [ "$1" != -o ]; do shift; done; date +%N > "$2"');
  tools = {
    verilator: { program: fakeTool("exit 0"), version: "5.006" },
    compiler: { program: compiler, version: "12.0" },
    include: "/nowhere/include",
    timeLimitMs: 60_000,
  };
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const build = (entry: ModuleEntry = accumulator, variant: BuildVariant = "plain", toolchain = tools): Promise<string> =>
  buildSimulator(entry, rtl, variant, toolchain);

describe("a simulator is built again after", () => {
  it.each(["shim.cpp", "print.h", "accumulator.sv"])("an edit of %s", async (name) => {
    const before = await build();
    edited.name = name;
    expect(await build()).not.toBe(before);
  });

  it.each<[string, () => Promise<string>]>([
    ["another port in the manifest", () => build({ ...accumulator, ports: accumulator.ports.slice(0, -1) })],
    ["another name of the top module", () => build({ ...accumulator, name: "other" })],
    ["other flags", () => build(accumulator, "coverage")],
    [
      "another Verilator",
      () => build(accumulator, "plain", { ...tools, verilator: { ...tools.verilator, version: "5.008" } }),
    ],
    [
      "another compiler",
      () => build(accumulator, "plain", { ...tools, compiler: { ...tools.compiler, version: "13.1" } }),
    ],
    ["another place of Verilator's runtime", () => build(accumulator, "plain", { ...tools, include: "/elsewhere" })],
  ])("%s", async (_what, again) => {
    const before = await build();
    expect(await again()).not.toBe(before);
  });
});

describe("a simulator is not built again", () => {
  it("when a source is only touched, and the same text in another folder will do", async () => {
    const before = await build();
    const content = readFileSync(before, "utf8");
    utimesSync(join(rtl, "accumulator.sv"), new Date(), new Date());
    expect(await build()).toBe(before);
    rtl = writeAccumulator();
    expect(await build()).toBe(before);
    expect(readFileSync(before, "utf8")).toBe(content);
  });
});

describe("a build that goes wrong leaves nothing and says", () => {
  it("which source is missing", async () => {
    await expect(build({ ...accumulator, files: ["no.sv"] })).rejects.toThrow(
      /^cannot read .+no\.sv, a source of accumulator: .*; make it again with `npm run gen`$/,
    );
  });

  it("that its folder was removed meanwhile", async () => {
    const compiler = fakeTool(`rm -rf ${shellWord(process.env["FLARE_CACHE"] ?? "")}`);
    const removed = { ...tools, compiler: { ...tools.compiler, program: compiler } };
    await expect(build(accumulator, "plain", removed)).rejects.toThrow(
      /^cannot write .+: ENOENT: .*; its folder is gone: run it again$/,
    );
  });

  it("that the cache is no folder", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    vi.stubEnv("FLARE_CACHE", file);
    await expect(build()).rejects.toThrow(
      /^cannot make the folder .*: a file is in its place; set FLARE_CACHE to a folder that can be written$/,
    );
  });
});
