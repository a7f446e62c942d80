import { createHash } from "node:crypto";
import { shellWord } from "../../../gen/host/command.ts";
import { cpSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { buildSimulator } from "../../../tb/dut/verilator/build.ts";
import { biasedRelu } from "../../../tb/golden/biased-relu.ts";
import { exhaustiveReport, renderExhaustive } from "../../../tb/exhaustive/report.ts";
import { runFlare, startFlare, type Ended } from "../../support/flare.ts";
import { eventually, exitOf } from "../support/cli.ts";
import { buildTimeout, generate, temporaryFolder, toolchain } from "../support/designs.ts";

const exhaustive = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runFlare(["sim", "--exhaustive", ...args], env);

describe("npm run sim -- --exhaustive", { concurrent: true }, () => {
  it(
    "tries every pair, reports it, and leaves the report as it is when nothing has changed but the time",
    async () => {
      const { folder } = await generate({ unit: "flare", format: "fp8_e4m3", lanes: 4 });
      const out = temporaryFolder();
      const { exitCode, stdout, stderr } = await exhaustive(["--rtl", folder, "--out", out]);
      expect(stderr).toBe("");
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^flare_fp8_e4m3_x4: all 65,536 pairs agree with the golden model \([\d.]+ s, .*SHA-256/m);
      expect(stdout).toMatch(/^1 units on 65,536 inputs: all agree with the golden model$/m);
      expect(stdout).not.toContain("\u001b[");
      const report = exhaustiveReport.read(out);
      expect(readFileSync(join(out, "exhaustive.json"), "utf8")).toBe(exhaustiveReport.print(report));
      expect(readFileSync(join(out, "exhaustive.md"), "utf8")).toBe(renderExhaustive(report));
      expect(report.units[0]).toMatchObject({ pairs: 65_536, mismatches: 0, checksum: goldenChecksum() });
      expect((await exhaustive(["--rtl", folder, "--out", out])).stdout).toMatch(/2 files in .*, 0 of them changed$/m);
    },
    buildTimeout,
  );

  it(
    "goes on where it was interrupted, believes no damaged record, and starts afresh when it was complete",
    async () => {
      // 2^24 pairs in 256 slices: time enough to interrupt it.
      const { folder, core } = await generate({ unit: "flare", format: "e5m6", lanes: 8 });
      const cache = temporaryFolder();
      await copySimulator(core, folder, cache);
      const args = ["--rtl", folder, "--out", temporaryFolder()];
      const env = { FLARE_CACHE: cache };
      expect((await exhaustive(["--rtl", folder, "--slice", "0"], env)).exitCode).toBe(0);
      const records = (): string[] => {
        const place = join(cache, "exhaustive");
        const [run] = existsSync(place) ? readdirSync(place) : [];
        return run === undefined ? [] : readdirSync(join(place, run)).map((name) => join(place, run, name));
      };
      const whole = (): string[] => records().filter((path) => /\/\d+$/.test(path));
      const child = startFlare(["sim", "--exhaustive", ...args], env);
      const exit = exitOf(child);
      await eventually(() => (whole().length > 10 ? true : undefined), "finished slices", buildTimeout);
      child.kill("SIGINT");
      expect(await exit).toBe(130);
      const [cut, altered, ...intact] = whole();
      if (cut === undefined || altered === undefined) throw new Error("it was not interrupted in time");
      expect(intact.length).toBeLessThan(254);
      truncateSync(cut, 40);
      writeFileSync(altered, readFileSync(altered, "utf8").replace(/"[0-9a-f]{64}"/, `"${"0".repeat(64)}"`));

      const resumed = await exhaustive(args, env);
      expect(resumed.stderr).toBe("");
      expect(resumed.stdout).toContain(`${intact.length} of 256 slices by an earlier run`);
      expect(records()).toEqual([]);

      const afresh = await exhaustive(args, env);
      expect(afresh.stdout).not.toContain("earlier run");
      expect(afresh.stdout).toMatch(/, 0 of them changed$/m); // the same checksum
    },
    buildTimeout,
  );

  it(
    "names a wrong pair and the command that shows it again, and writes no report",
    async () => {
      const { folder, core } = await generate({ unit: "fire_relu", format: "fp8_e5m2", lanes: 8, stages: 2 });
      const lane = join(folder, core.files.find((name) => name.includes("_lane")) ?? "");
      const wrong = "score_q <= (score_i == 8'h3c && bias_i == 8'h3d) ? 8'h40 : score_i;";
      writeFileSync(lane, readFileSync(lane, "utf8").replace("score_q <= score_i;", wrong));
      const out = temporaryFolder();
      const { exitCode, stdout } = await exhaustive(["--rtl", folder, "--out", out]);
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^FAIL fire_relu_fp8_e5m2_x8_s2: lane 5 of prob_o is wrong \(1 mismatch in its slice\)$/m);
      expect(stdout).toMatch(/^ {2}score_i +0x3c = 1$/m);
      expect(stdout).toMatch(/^ {2}bias_i +0x3d = 1.25$/m);
      // 1 + 1.25 = 2.25 is a tie between 2 and 2.5; 2 + 1.25 = 3.25 one between 3 and 3.5.
      expect(stdout).toMatch(/^ {2}expected +0x40 = 2$/m);
      expect(stdout).toMatch(/^ {2}got +0x42 = 3$/m);
      const replay = /^ {2}replay +npm run sim -- --exhaustive (.*)$/m.exec(stdout)?.[1] ?? "";
      expect(replay).toBe(`--unit fire_relu_fp8_e5m2_x8_s2 --slice 0 --rtl ${shellWord(folder)}`);
      expect(readdirSync(out)).toEqual([]);
      const again = await exhaustive(["--unit", "fire_relu_fp8_e5m2_x8_s2", "--slice", "0", "--rtl", folder]);
      expect(again.exitCode).toBe(1);
      expect(again.stdout).toMatch(/^ {2}bias_i +0x3d = 1.25$/m);
    },
    buildTimeout,
  );
});

/** Into an empty cache of a test's own: the simulator, built only where the usual cache has none. */
async function copySimulator(core: ModuleEntry, folder: string, cache: string): Promise<void> {
  const built = dirname(await buildSimulator(core, folder, "plain", await toolchain()));
  cpSync(built, join(cache, "simulators", basename(built)), { recursive: true });
}

/** From the plain golden model and the definition in `schema.ts`, nothing else. */
function goldenChecksum(): string {
  const options = { format: parseFormat("fp8_e4m3"), subnormals: "keep" } as const;
  const results = Uint8Array.from({ length: 65_536 }, (_, pair) =>
    Number(biasedRelu(BigInt(pair >> 8), BigInt(pair & 0xff), options)),
  );
  const piece = createHash("sha256").update(results).digest();
  return createHash("sha256").update(piece).digest("hex");
}

describe("npm run sim refuses", { concurrent: true }, () => {
  const broken = temporaryFolder();
  writeFileSync(join(broken, "exhaustive.json"), '{"units": [');

  it.each<[string, string[], RegExp]>([
    ["random vectors", ["--vectors", "5"], /--vectors does not go with --exhaustive, which tries every input once/],
    ["a seed", ["--seed", "5"], /--seed does not go with --exhaustive/],
    ["a waveform", ["--trace"], /--trace does not go with --exhaustive/],
    ["the interpreter", ["--simulator", "interpreter"], /--simulator does not go with --exhaustive/],
    ["softmax", ["--unit", "softmax"], /"softmax": no core of relu, fire_relu, flare or exp; only those/],
    ["a wrapper", ["--unit", "flare_bf16_x8_axis"], /"flare_bf16_x8_axis": no core of/],
    ["an unknown unit", ["--unit", "gelu"], /unknown unit "gelu"; use one of .*flare_fp8_e5m2_x8/],
    ["designs of one's own without a place for the report", ["--rtl", "rtl"], /--rtl needs --out FOLDER; reports\//],
    ["a slice that there is not", ["--slice", "256"], /--slice is a whole number from 0 to 255, not "256"/],
    ["a slice of a small unit", ["--unit", "relu_bf16_x8", "--slice", "3"], /relu_bf16_x8 has slice 0 only; choose/],
    ["a report of a part", ["--slice", "3", "--out", "build/x"], /--out does not go with --slice/],
  ])(
    "%s with --exhaustive, in one sentence",
    async (_what, args, sentence) => {
      const { exitCode, stderr } = await exhaustive(args);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(sentence);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    },
    60_000,
  );

  it.each(["--slice=3", "--out=build/x"])("%s without --exhaustive, in one sentence", async (option) => {
    const { exitCode, stderr } = await runFlare(["sim", option]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: --(slice|out) needs --exhaustive$/);
  });

  it(
    "a report that cannot be read, and a place that is a file, before it tries anything",
    async () => {
      const { folder } = await generate({ unit: "relu", format: "fp8_e4m3", lanes: 2 });
      const unreadable = await exhaustive(["--rtl", folder, "--out", broken]);
      expect(unreadable.exitCode).toBe(1);
      expect(unreadable.stderr).toMatch(/exhaustive\.json is no report of exhaustive runs: .*; remove it, and make it/);
      const inTheWay = await exhaustive(["--rtl", folder, "--out", join(folder, "manifest.json")]);
      expect(inTheWay.stderr).toMatch(
        /cannot make the folder .*manifest\.json: a file is in its place; choose another/,
      );
    },
    buildTimeout,
  );
});
