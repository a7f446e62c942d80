import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { shellWord } from "../../../gen/host/command.ts";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { exhaustiveReport } from "../../../tb/exhaustive/report.ts";
import { runFlareProcess, startFlare } from "../../support/flare.ts";
import { descendants, eventually, exitOf, isAlive } from "../support/cli.ts";
import { buildTimeout, generate, temporaryFolder } from "../support/designs.ts";
import { fakeCompiler, prebuilt, type Prebuilt } from "../support/prebuilt.ts";

let design: Prebuilt;
beforeAll(async () => {
  design = await prebuilt();
}, buildTimeout);

const args = (vectors = 1000): string[] => ["--rtl", design.folder, "--vectors", String(vectors)];
const sim = (env: Readonly<Record<string, string>>): ReturnType<typeof runFlareProcess> =>
  runFlareProcess(["sim", ...args()], env);

describe("two runs at once in one checkout", () => {
  it(
    "both build the same simulator and pass; one entry is left",
    async () => {
      const env = design.coldCache();
      const runs = await Promise.all([sim(env), sim(env)]);
      expect(runs.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
        [0, ""],
        [0, ""],
      ]);
      expect(readdirSync(join(env.FLARE_CACHE, "simulators"))).toHaveLength(1);
    },
    buildTimeout,
  );

  it(
    "do not disturb each other with --exhaustive",
    async () => {
      const { folder } = await generate({ unit: "flare", format: "fp8_e4m3", lanes: 4 });
      const out = temporaryFolder();
      const run = (): ReturnType<typeof runFlareProcess> =>
        runFlareProcess(["sim", "--exhaustive", "--rtl", folder, "--out", out]);
      const both = await Promise.all([run(), run()]);
      expect(both.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
        [0, ""],
        [0, ""],
      ]);
      expect(readdirSync(out).sort()).toEqual(["exhaustive.json", "exhaustive.md"]);
      const text = readFileSync(join(out, "exhaustive.json"), "utf8");
      expect(text).toBe(exhaustiveReport.print(exhaustiveReport.read(out)));
    },
    buildTimeout,
  );
});

describe("the cache", () => {
  it(
    "is not spoilt by a run that is killed in the middle of building",
    async () => {
      const env = design.coldCache();
      const started = join(temporaryFolder(), "started");
      const slow = fakeCompiler(`touch ${shellWord(started)}; exec sleep 60`);
      const child = startFlare(["sim", ...args()], { ...env, CXX: slow });
      const exit = exitOf(child);
      await eventually(() => (existsSync(started) ? true : undefined), "the build to start");
      const tools = descendants(child.pid ?? 0, /sleep/);
      child.kill("SIGKILL");
      await exit;
      expect(await sim(env)).toMatchObject({ exitCode: 0, stderr: "" });
      // What the killed run had begun stays until `make clean`, under a name that nobody looks for.
      const entries = readdirSync(join(env.FLARE_CACHE, "simulators"));
      expect(entries.filter((name) => !name.includes(".tmp-"))).toHaveLength(1);
      for (const tool of tools) process.kill(tool, "SIGKILL");
    },
    buildTimeout,
  );

  it(
    "may be removed while a simulation runs",
    async () => {
      const env = design.coldCache();
      const child = startFlare(["sim", ...args()], { ...env });
      const exit = exitOf(child);
      await eventually(
        () => descendants(child.pid ?? 0, /flare-sim-\w+\/shared/).find(isAlive),
        "the simulator to start",
        buildTimeout,
      );
      rmSync(env.FLARE_CACHE, { recursive: true, force: true });
      expect(await exit).toBe(0);
    },
    buildTimeout,
  );

  it(
    "with a simulator that may not be executed is told of, with the folder to remove",
    async () => {
      const env = design.coldCache();
      expect((await sim(env)).exitCode).toBe(0);
      const simulators = join(env.FLARE_CACHE, "simulators");
      const [key = ""] = readdirSync(simulators);
      chmodSync(join(simulators, key, "simulator"), 0o644);
      const { exitCode, stderr } = await sim(env);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        /^error: the simulator of relu_bf16_x2 in Verilator could not be started before it was ready: .*EACCES/,
      );
      expect(stderr).toContain(`; remove ${join(simulators, key)} and run it again`);
      expect(stderr.split("\n")).toHaveLength(1);
    },
    buildTimeout,
  );
});
