import { describe, expect, it } from "vitest";
import { shellWord } from "../../../gen/host/command.ts";
import { run } from "../../../gen/host/run.ts";
import { projectRoot } from "../../../gen/host/files.ts";
import { eventually, exitOf, fakeTool, isAlive } from "../support/cli.ts";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { temporaryFolder } from "../support/designs.ts";

const wrapper = "tb/bin/verilator.mjs";
const version = 'if [ "$1" = --version ]; then echo "Verilator 5.006 fake"; exit 0; fi\n';

function verilator(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = projectRoot,
): ReturnType<typeof run> {
  return run(process.execPath, [join(projectRoot, wrapper), ...args], { timeoutMs: 60_000, cwd, env });
}

describe("the verilator command", { concurrent: true }, () => {
  it("runs the installed Verilator, from any folder", async () => {
    const { exitCode, stdout } = await verilator(["--version"], {}, temporaryFolder());
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Verilator 5\./);
  }, 60_000);

  it("passes arguments and the exit code through", async () => {
    const tool = fakeTool(`${version}echo "$#: $2"; exit 42`);
    const { exitCode, stdout } = await verilator(["--lint-only", "two words.sv"], { FLARE_VERILATOR: tool });
    expect([exitCode, stdout]).toEqual([42, "2: two words.sv"]);
  }, 60_000);

  it("reports the signal that ended the tool as a shell does", async () => {
    const tool = fakeTool(`${version}kill -SEGV $$`);
    expect((await verilator(["--cc"], { FLARE_VERILATOR: tool })).exitCode).toBe(139);
  }, 60_000);

  it("says how to install it where it is missing, and never finds itself on PATH", async () => {
    const { exitCode, stderr } = await verilator(["--version"], { FLARE_VERILATOR: "/nonexistent" });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "error: Verilator (`/nonexistent`) was not found; install it with `apt-get install verilator`, or set FLARE_VERILATOR to its path",
    );
  }, 60_000);

  it("ends the tool when it is interrupted", async () => {
    const note = join(temporaryFolder(), "pid");
    const tool = fakeTool(
      `${version}cd ${shellWord(dirname(note))}; echo $$ > part; mv part ${basename(note)}; sleep 60`,
    );
    const child = spawn(process.execPath, [join(projectRoot, wrapper), "--cc"], {
      env: { ...process.env, FLARE_VERILATOR: tool },
      stdio: "ignore",
    });
    const exit = exitOf(child);
    const pid = await eventually(
      () => (existsSync(note) ? Number(readFileSync(note, "utf8")) : undefined),
      "the tool to start",
    );
    child.kill("SIGTERM");
    expect(await exit).toBe(143);
    await eventually(() => (isAlive(pid) ? undefined : true), "the tool to end", 5000);
  }, 60_000);
});
