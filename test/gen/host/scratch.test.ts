import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { withScratch } from "../../../gen/host/scratch.ts";
import { UserError } from "../../../gen/host/user-error.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("withScratch", () => {
  it("removes its folder when the work is done and when it fails", async () => {
    const folders: string[] = [];
    const work = (folder: string): Promise<string> => {
      folders.push(folder);
      writeFileSync(join(folder, "file"), "");
      return folders.length === 1 ? Promise.resolve("done") : Promise.reject(new Error("no luck"));
    };
    expect(await withScratch(work)).toBe("done");
    await expect(withScratch(work)).rejects.toThrow("no luck");
    expect(folders.map(existsSync)).toEqual([false, false]);
  });

  it.each(["/dev/null", "/dev/null/deeper"])("says what to do where TMPDIR is %s", async (place) => {
    vi.stubEnv("TMPDIR", place);
    const failing = withScratch(() => Promise.resolve());
    await expect(failing).rejects.toThrow(UserError);
    await expect(failing).rejects.toThrow(
      new RegExp(`^cannot make a temporary folder in ${place}: .*; set TMPDIR to a folder that can be written$`),
    );
  });
});
