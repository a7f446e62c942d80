import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import { run } from "../../../gen/host/run.ts";

it("a command that cannot say what it found fails, in one sentence", async () => {
  const script = [process.execPath, "--import", "tsx", join(projectRoot, "gen/cli.ts"), "--help"];
  const result = await run("sh", ["-c", '"$@" > /dev/full', "sh", ...script], { timeoutMs: 60_000, cwd: projectRoot });
  expect(result).toMatchObject({ exitCode: 1, stdout: "" });
  expect(result.stderr).toMatch(/^error: cannot write to standard output: ENOSPC: .*; the run was ended$/);
});
