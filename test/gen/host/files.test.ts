import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { cacheFolder, ensureFolder, firstWritable, projectRoot } from "../../../gen/host/files.ts";
import { run } from "../../../gen/host/run.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

const folder = makeOddFolder();
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the folder of cached results", () => {
  test("is FLARE_CACHE, or .cache in the project", () => {
    vi.stubEnv("FLARE_CACHE", folder);
    expect(cacheFolder()).toBe(folder);
    vi.stubEnv("FLARE_CACHE", "");
    expect(cacheFolder()).toBe(join(projectRoot, ".cache"));
  });

  test("is another one if no file can be made in the preferred one", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(firstWritable(join(file, ".cache"), "/home/user/.cache/flare-units")).toBe("/home/user/.cache/flare-units");
    expect(firstWritable(join(folder, "new", ".cache"), "/other")).toBe(join(folder, "new", ".cache"));
  });

  test("is named in the remedy if it cannot be made", () => {
    const file = join(folder, "taken");
    writeFileSync(file, "");
    vi.stubEnv("FLARE_CACHE", join(file, "cache"));
    expect(() => {
      ensureFolder(join(cacheFolder(), "timing"));
    }).toThrow(
      `cannot make the folder ${join(file, "cache", "timing")}: a file is in its place; set FLARE_CACHE to a folder that can be written`,
    );
  });
});

/** Nobody in particular: a user who may read the checkout and write nothing of it. */
const nobody = 65534;

const canBecomeNobody = process.getuid?.() === 0 && (await asNobody("process.exit(0)", {})).exitCode === 0;

async function asNobody(script: string, env: Readonly<Record<string, string>>): ReturnType<typeof run> {
  const command = [process.execPath, "--import", "tsx", "--input-type=module", "--eval", script];
  const options = { timeoutMs: 30_000, cwd: projectRoot, env };
  return run("setpriv", [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups", ...command], options);
}

// Only root can become another user, and in a checkout below /root that user reads nothing.
test.skipIf(!canBecomeNobody)("a user who may not write the checkout gets a cache of their own", async () => {
  const home = join(folder, "home");
  mkdirSync(home);
  chmodSync(folder, 0o777);
  chmodSync(home, 0o777);
  const script = 'import { remember } from "./gen/host/cache.ts"; remember("kind", "key", "body");';
  for (const [env, kept] of [
    [{ HOME: home, XDG_CACHE_HOME: "" }, join(home, ".cache", "flare-units")],
    [{ HOME: home, XDG_CACHE_HOME: join(home, "own") }, join(home, "own", "flare-units")],
    [{ HOME: home, XDG_CACHE_HOME: "relative", FLARE_CACHE: join(home, "chosen") }, join(home, "chosen")],
  ] as const) {
    const result = await asNobody(script, { FLARE_CACHE: "", TMPDIR: home, ...env });
    expect(result.stderr).toBe("");
    expect(readdirSync(join(kept, "kind"))).toEqual(["key"]);
  }
});
