import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { shellWord } from "../../gen/host/command.ts";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildTimeout, generate, temporaryFolder } from "./support/designs.ts";
import { runFlare, runFlareProcess, startFlare, type Ended } from "../support/flare.ts";
import { descendants, eventually, exitOf, fakeTool, isAlive } from "./support/cli.ts";

const sim = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runFlare(["sim", ...args], env);

describe("npm run sim refuses", { concurrent: true }, () => {
  it.each<[string, string[], RegExp]>([
    ["an unknown unit", ["--unit", "gelu"], /unknown unit "gelu"; use one of .*relu_bf16_x8/],
    ["an unknown flag", ["--fast"], /unknown option '--fast'.*--help/],
    ["no vectors", ["--vectors", "0"], /--vectors is a whole number from 1 to \d+, not "0"/],
    ["no jobs", ["--jobs", "0"], /--jobs is a whole number from 1 to 64, not "0"/],
    ["a seed that is no number", ["--seed", "today"], /--seed is a whole number from 0 to \d+, not "today"/],
    ["an unknown simulator", ["--simulator", "spice"], /--simulator is verilator, interpreter or icarus, not "spice"/],
    ["a waveform of the interpreter", ["--simulator", "interpreter", "--trace"], /--trace needs --simulator verilator/],
    ["a folder without a manifest", ["--rtl", "tb/golden"], /cannot use .*tb\/golden\/manifest\.json.*npm run gen/],
  ])(
    "%s, in one sentence",
    async (_what, args, sentence) => {
      const { exitCode, stderr } = await sim(args);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(sentence);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    },
    60_000,
  );

  const version =
    'if [ "$1" = --version ]; then echo "Verilator 5.006 fake"; exit 0; fi\nif [ "$1" = --getenv ]; then echo /usr/share/verilator; exit 0; fi\n';
  it.each<[string, () => string, RegExp]>([
    [
      "a missing Verilator",
      () => "/nonexistent/verilator",
      /Verilator \(`\/nonexistent\/verilator`\) was not found; install it with `apt-get install verilator`, or set FLARE_VERILATOR/,
    ],
    [
      "one that is too old",
      () => fakeTool('echo "Verilator 4.038 2020-07-11"'),
      /Verilator 4\.038 .* is older than 5\.006; install it/,
    ],
    ["one that fails at once", () => fakeTool("echo broken >&2; exit 9"), /exited with code 9 and named no version/],
    ["one that hangs at once", () => fakeTool("sleep 60"), /was killed at its time limit .* and named no version/],
    [
      "one that fails on the design",
      () => fakeTool(`${version}echo "%Error: no luck" >&2; exit 10`),
      /cannot translate relu_bf16_x2 to C\+\+: .* exited with code 10 and said "%Error: no luck"/,
    ],
    [
      "one that hangs on the design",
      () => fakeTool(`${version}sleep 60`),
      /cannot translate relu_bf16_x2 to C\+\+: .* was killed at its time limit .* --time-limit/,
    ],
  ])(
    "%s, in one sentence and with nothing half-built",
    async (_what, tool, sentence) => {
      const { folder } = await generate({ unit: "relu", lanes: 2, stages: 1 });
      const cache = temporaryFolder();
      const compiler = fakeTool(
        'if [ "$1" = --version ]; then echo "g++ 12.0"; exit 0; fi\nwhile [ "$1" != -o ]; do shift; done; touch "$2"',
      );
      const { exitCode, stderr } = await sim(
        ["--rtl", folder, "--unit", "relu_bf16_x2", "--time-limit", "1", "--jobs", "1"],
        {
          FLARE_VERILATOR: tool(),
          FLARE_CACHE: cache,
          CXX: compiler,
        },
      );
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(sentence);
      expect(stderr.trim().split("\n")).toHaveLength(1);
      const simulators = join(cache, "simulators");
      expect(existsSync(simulators) ? readdirSync(simulators) : []).toEqual([]);
    },
    60_000,
  );
});

describe("npm run sim", () => {
  it(
    "passes a right design, in plain lines and with a summary",
    async () => {
      const { folder } = await generate({ unit: "relu", lanes: 2, stages: 1 });
      const { exitCode, stdout, stderr } = await sim(["--rtl", folder, "--vectors", "4096", "--seed", "3"]);
      expect(stderr).toBe("");
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^relu_bf16_x2: agrees with the golden model \(\d+ vectors/m);
      expect(stdout).toMatch(/^ok {3}relu_bf16_x2_axis +[\d,]+ vectors +0 mismatches +[\d.]+ s {2}seed 3$/m);
      expect(stdout).toMatch(/^2 modules in Verilator: all agree with the golden model$/m);
      expect(stdout).not.toContain("\u001b[");
    },
    buildTimeout,
  );

  it(
    "writes what it found as JUnit XML",
    async () => {
      const { folder } = await generate({ unit: "relu", lanes: 2, stages: 1 });
      const path = join(folder, "results.xml");
      const { exitCode } = await sim(
        ["--rtl", folder, "--vectors", "100", "--simulator", "interpreter", "--junit", path],
        {},
      );
      expect(exitCode).toBe(0);
      const text = readFileSync(path, "utf8");
      expect(text).toContain('<testsuites name="npm run sim" tests="2" failures="0" errors="0" skipped="0"');
      expect(text).toMatch(/<testcase [^>]*classname="sim\.relu_bf16_x2_axis" time="[\d.]+"\/>/);
    },
    buildTimeout,
  );

  it(
    "fails a design with one wrong operator, with the whole message and exit code 1",
    async () => {
      const { folder } = await generate({ unit: "relu", lanes: 2, stages: 1 });
      const lane = join(folder, readdirSync(folder).find((name) => name.includes("_lane")) ?? "");
      writeFileSync(lane, readFileSync(lane, "utf8").replace("~score_i[15]", "score_i[14]"));
      const { exitCode, stdout } = await sim([
        "--rtl",
        folder,
        "--vectors",
        "5000",
        "--seed",
        "3",
        "--unit",
        "relu_bf16_x2",
      ]);
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^FAIL relu_bf16_x2: lane \d of prob_o is wrong at cycle \d+ \(\d+ mismatches\)$/m);
      for (const label of ["unit", "spec", "seed", "cycle", "score_i", "expected", "got", "waveform", "replay"]) {
        expect(stdout).toMatch(new RegExp(`^ {2}${label} +\\S`, "m"));
      }
      expect(stdout).toContain(
        `npm run sim -- --unit relu_bf16_x2 --seed 3 --vectors 5000 --rtl ${shellWord(folder)} --trace`,
      );
      expect(stdout).toMatch(/^2 modules in Verilator: 2 of 2 failed$/m);
    },
    buildTimeout,
  );

  it(
    "says so when the simulator is killed in the middle, and exits with 1",
    async () => {
      const { folder } = await generate({ unit: "flare", lanes: 2, format: "fp16" });
      const endless = ["--rtl", folder, "--vectors", "1000000000", "--unit", "flare_fp16_x2"];
      const running = runFlareProcess(["sim", ...endless]);
      const victim = await eventually(() => simulatorsIn(process.pid)[0], "a simulator to start", buildTimeout);
      process.kill(victim, "SIGKILL");
      const { exitCode, stderr } = await running;
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        /^error: the simulator of flare_fp16_x2(_axis)? in Verilator (died at cycle \d+|was ended by SIGKILL)[^\n]*$/,
      );
    },
    buildTimeout,
  );

  it(
    "ends at Ctrl-C while it simulates: non-zero, no simulator left",
    async () => {
      const { folder } = await generate({ unit: "relu", lanes: 2, stages: 1 });
      const child = startFlare(["sim", "--rtl", folder, "--vectors", "1000000000", "--unit", "relu"]);
      const simulator = await eventually(() => simulatorsIn(child.pid ?? 0)[0], "a simulator to start", buildTimeout);
      const exit = exitOf(child);
      child.kill("SIGINT");
      expect(await exit).toBe(130);
      await eventually(() => (isAlive(simulator) ? undefined : true), "the simulator to end", 5000);
    },
    buildTimeout,
  );

  it(
    "ends at Ctrl-C while it builds: non-zero, no tool left, nothing half-written",
    async () => {
      const { folder } = await generate({ unit: "relu", lanes: 2, stages: 1 });
      const cache = temporaryFolder();
      const note = join(temporaryFolder(), "pid");
      const tool = fakeTool(
        'if [ "$1" = --version ]; then echo "Verilator 5.006"; exit 0; fi\nif [ "$1" = --getenv ]; then echo /usr/share/verilator; exit 0; fi\n' +
          `cd ${shellWord(dirname(note))}; echo $$ > part; mv part pid; sleep 60`,
      );
      const compiler = fakeTool(
        'if [ "$1" = --version ]; then echo "g++ 12.0"; exit 0; fi\nwhile [ "$1" != -o ]; do shift; done; touch "$2"',
      );
      const child = startFlare(["sim", "--rtl", folder], {
        FLARE_VERILATOR: tool,
        FLARE_CACHE: cache,
        CXX: compiler,
      });
      const exit = exitOf(child);
      const pid = await eventually(
        () => (existsSync(note) ? Number(readFileSync(note, "utf8")) : undefined),
        "the build to start",
      );
      child.kill("SIGINT");
      expect(await exit).toBe(130);
      expect(readdirSync(join(cache, "simulators"))).toEqual([]);
      await eventually(() => (isAlive(pid) ? undefined : true), "the tool to end", 5000);
      rmSync(note);
    },
    buildTimeout,
  );
});

/** Simulators of this test: children, at any depth, that share a file with us (`mkfifo` has the FIFOs' names only). */
function simulatorsIn(ancestor: number): number[] {
  return descendants(ancestor, /flare-sim-\w+\/shared/).filter(isAlive);
}
