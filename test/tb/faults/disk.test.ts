import { beforeAll, describe, expect, it } from "vitest";
import { canMount, runOnSmallDisk, type SmallDisk } from "../support/cli.ts";
import { buildTimeout, generate, temporaryFolder, toolchain } from "../support/designs.ts";
import { prebuilt, type Prebuilt } from "../support/prebuilt.ts";
import { buildSimulator } from "../../../tb/dut/verilator/build.ts";
import { traceFormat } from "../../../tb/dut/verilator/trace-format.ts";

let design: Prebuilt;

/** `npm run sim` on a small disk: its one sentence, and what the disk holds in the end. */
async function refusal(
  disk: SmallDisk,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly sentence: string; readonly left: readonly string[] }> {
  const options = ["--rtl", design.folder, "--vectors", "1000", ...args];
  const { exitCode, stdout, stderr } = await runOnSmallDisk(disk, ["sim", ...options], env);
  expect(stderr.split("\n")).toHaveLength(1);
  expect(exitCode).toBe(1);
  const lines = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("tsx-"));
  return { sentence: stderr, left: lines.filter((line) => /^[\w.-]+$/.test(line)) };
}

describe.skipIf(!(await canMount()))("on a full disk npm run sim says so and exits with 1, when it writes", () => {
  beforeAll(async () => {
    design = await prebuilt();
    const tools = await toolchain();
    await buildSimulator(design.core, design.folder, await traceFormat(tools.compiler), tools);
  }, buildTimeout);

  it.each([
    ["from its beginning", 4096],
    ["in the middle", 64 * 1024],
  ])(
    "a waveform, %s",
    async (_where, bytes) => {
      const place = temporaryFolder();
      const { sentence, left } = await refusal({ place, bytes }, ["--trace", place]);
      expect(sentence).toContain("relu_bf16_x2 in Verilator");
      expect(sentence).toMatch(/make sure that there is room for .+\.part, and run it again|free some space/);
      expect(left).toEqual([]);
    },
    buildTimeout,
  );

  it("the results as JUnit XML", async () => {
    const place = temporaryFolder();
    const args = ["--simulator", "interpreter", "--junit", `${place}/results.xml`];
    const { sentence, left } = await refusal({ place, bytes: 4096, files: 0 }, args);
    expect(sentence).toMatch(/^error: cannot write .+results\.xml: ENOSPC: .*; free some space$/);
    expect(left).toEqual([]);
  });

  it(
    "the file that it shares with the simulator, where no other place is left",
    async () => {
      const disk = { place: "/dev/shm", bytes: 16 * 1024 };
      const { sentence, left } = await refusal(disk, [], { TMPDIR: "/dev/shm" });
      expect(sentence).toMatch(/^error: cannot write \/dev\/shm\/flare-sim-\w+\/shared: ENOSPC: .*; free some space$/);
      expect(left).toEqual([]);
      const elsewhere = await runOnSmallDisk(disk, ["sim", "--rtl", design.folder, "--vectors", "1000"]);
      expect([elsewhere.exitCode, elsewhere.stderr]).toEqual([0, ""]);
    },
    buildTimeout,
  );

  it(
    "a simulator into the cache",
    async () => {
      const { FLARE_CACHE, CXX } = design.coldCache();
      const disk = { place: FLARE_CACHE, bytes: 96 * 1024 };
      const { sentence } = await refusal(disk, [], { FLARE_CACHE, CXX });
      expect(sentence).toMatch(
        /^error: cannot (translate|compile|write) .*(No space left on device|ENOSPC|exited with)/,
      );
    },
    buildTimeout,
  );

  it(
    "the report of --exhaustive, and leaves no half of a file",
    async () => {
      const { folder } = await generate({ unit: "flare", format: "fp8_e4m3", lanes: 4 });
      const args = ["--exhaustive", "--rtl", folder];
      const place = temporaryFolder();
      const report = await runOnSmallDisk({ place, bytes: 4096 }, ["sim", ...args, "--out", place]);
      expect([report.exitCode, report.stderr]).toEqual([
        1,
        expect.stringMatching(/^error: cannot write .+exhaustive\.md: ENOSPC: .*; free some space$/),
      ]);
      expect(report.stdout.trimEnd().split("\n").at(-1)).toBe("exhaustive.json");
    },
    buildTimeout,
  );
});
