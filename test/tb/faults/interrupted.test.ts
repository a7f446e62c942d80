import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { recordsOf } from "../../../tb/exhaustive/records.ts";
import { subjectOf } from "../../../tb/exhaustive/space.ts";
import { runUnit } from "../../../tb/exhaustive/unit.ts";
import { frameLayout } from "../../../tb/dut/frame.ts";
import { drivenInputs, outputs, portsOf } from "../../../tb/dut/ports.ts";
import { startFlare } from "../../support/flare.ts";
import { descendants, eventually, exitOf, isAlive } from "../support/cli.ts";
import { buildTimeout, generate, temporaryFolder } from "../support/designs.ts";
import { fakeSimulator } from "../support/fake-simulator.ts";
import { prebuilt, type Prebuilt } from "../support/prebuilt.ts";
import { homes } from "../../../tb/families/index.ts";

let design: Prebuilt;
beforeAll(async () => {
  design = await prebuilt();
}, buildTimeout);

/** The folder of the pipes of a running simulator, from its command line. */
function pipesOf(simulator: number): string {
  const [, requests = ""] = readFileSync(`/proc/${simulator}/cmdline`, "utf8").split("\0");
  return dirname(requests);
}

describe("a run that is ended while it simulates", () => {
  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGKILL", null],
  ] as const)(
    "by %s leaves no simulator and no pipes",
    async (signal, code) => {
      const options = ["--rtl", design.folder, "--vectors", "1000000000", "--unit", "relu"];
      const child = startFlare(["sim", ...options, "--trace", temporaryFolder()]);
      const exit = exitOf(child);
      const find = (): number | undefined => descendants(child.pid ?? 0, /flare-sim-\w+\/shared/).find(isAlive);
      const simulator = await eventually(find, "a simulator to start", buildTimeout);
      const pipes = pipesOf(simulator);
      expect(pipes).toMatch(/flare-sim-\w+$/);
      await eventually(() => (existsSync(pipes) ? undefined : true), "both ends to be connected");
      child.kill(signal);
      expect(await exit).toBe(code);
      await eventually(() => (isAlive(simulator) ? undefined : true), "the simulator to end", 10_000);
      expect(existsSync(pipes)).toBe(false);
    },
    buildTimeout,
  );
});

describe("a simulator that dies in a sweep", () => {
  it("ends the unit's run with its reason; no slice counts that was not finished", async () => {
    vi.stubEnv("FLARE_CACHE", temporaryFolder());
    const { core } = await generate({ unit: "flare", format: "fp8_e4m3", lanes: 2 });
    const ports = portsOf(core);
    const subject = subjectOf(core, homes);
    const sizes = {
      inputBytes: frameLayout(drivenInputs(ports)).bytes,
      outputBytes: frameLayout(outputs(ports)).bytes,
    };
    const program = fakeSimulator({ ...sizes, answer: 'if (op === 5) die("SIGKILL"); say(ok(cycles));' });
    const records = recordsOf(subject, program);
    const run = runUnit({ subject, program, slices: [0], jobs: 1, timeLimitMs: 60_000, records });
    await expect(run).rejects.toThrow(
      /^the simulator of flare_fp8_e4m3_x2 in Verilator died at cycle \d+ .*; run it again$/,
    );
    expect(records.find(0)).toBeUndefined();
    expect(readdirSync(process.env["FLARE_CACHE"] ?? "").filter((name) => name === "exhaustive")).toEqual([]);
    vi.unstubAllEnvs();
  });
});
