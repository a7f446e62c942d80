import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { shellWord } from "../../../gen/host/command.ts";
import { runSta } from "../../../ppa/sta/run.ts";
import { useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();

const run = (body: string, timeoutMs = 20_000): Promise<string> =>
  runSta(
    { program: sandbox().fakeSta(body), version: "2.0.17" },
    { libertyPaths: [], script: "puts hi", files: {}, timeoutMs, purpose: "trying" },
  );

describe("a run of OpenSTA", () => {
  test("counts only when the script came to its end, whatever the exit code says", async () => {
    await expect(run('echo "some warning"; exit 0')).rejects.toThrow(
      /^OpenSTA stopped before its end while trying: .*; run it again, or set FLARE_STA to another OpenSTA$/,
    );
    await expect(run('echo "@@ finished"')).resolves.toBe("@@ finished");
  });

  test("fails with the error that the script caught", async () => {
    await expect(run('echo "@@ failed: no such cell"')).rejects.toThrow("OpenSTA failed while trying: no such cell");
  });

  test("fails with an error that OpenSTA only prints, before what follows from it, and calls files what the user does", async () => {
    const path = sandbox().write("odd.lib", "");
    const said = (body: string): Promise<string> =>
      runSta(
        { program: sandbox().fakeSta(body), version: "2.0.17" },
        { libertyPaths: [path], script: "", files: {}, timeoutMs: 20_000, purpose: "trying" },
      );
    await expect(said('echo "Error: library0.lib, line 56 syntax error." >&2; echo "@@ finished"')).rejects.toThrow(
      `OpenSTA failed while trying: ${path}, line 56 syntax error`,
    );
    await expect(said('echo "Error: line 3 bad." >&2; echo "@@ failed: it did not link"')).rejects.toThrow(
      "OpenSTA failed while trying: line 3 bad, so that it did not link",
    );
  });

  test("fails with the exit code and the complaint of a tool that dies", async () => {
    await expect(run("echo bad library >&2; exit 3")).rejects.toThrow(
      /^OpenSTA exited with code 3 while trying \(bad library\); run it again/,
    );
  });

  test("is killed at its time limit, and its children with it", async () => {
    const proof = `${sandbox().folder}/survived`;
    await expect(run(`(sleep 2; touch ${shellWord(proof)}) & sleep 60`, 200)).rejects.toThrow(
      /^OpenSTA was killed at its time limit after 0 s while trying; allow it more with --time-limit$/,
    );
    await new Promise((done) => setTimeout(done, 2500));
    expect(existsSync(proof)).toBe(false);
  });
});
