import { execa } from "execa";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import { useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();

interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

async function sta(args: readonly string[], program: string): Promise<Ended> {
  const wrapper = join(projectRoot, "ppa/bin/sta.mjs");
  const { exitCode, stdout, stderr } = await execa(process.execPath, [wrapper, ...args], {
    env: { FLARE_STA: program },
    reject: false,
  });
  return { exitCode, stdout, stderr };
}

describe("npx sta", { timeout: 30_000 }, () => {
  test("passes arguments, output and exit code through", async () => {
    const fake = sandbox().fakeSta('echo "got $*"; exit 7');
    expect(await sta(["-exit", "a b.tcl"], fake)).toMatchObject({ exitCode: 7, stdout: "got -exit a b.tcl" });
  });

  test("passes on the signal that ended the tool", async () => {
    expect((await sta([], sandbox().fakeSta("kill -TERM $$"))).exitCode).toBe(143);
  });

  test("says how to install OpenSTA where it is missing or too old", async () => {
    expect(await sta([], "/nowhere/sta")).toMatchObject({
      exitCode: 1,
      stderr:
        "error: OpenSTA (`/nowhere/sta`) was not found; install it with `apt-get install opensta`, or set FLARE_STA to its path",
    });
    expect((await sta([], sandbox().fakeSta("", "1.0"))).stderr).toMatch(/OpenSTA 1\.0 .* is older than 2\.0\.17/);
  });
});
