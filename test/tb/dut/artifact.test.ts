import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cachedArtifact } from "../../../tb/dut/artifact.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

let folder = "";
const before = process.env["FLARE_CACHE"];
let made = 0;

/** Makes a file whose content says which attempt made it. */
function produce(target: string): Promise<void> {
  made++;
  writeFileSync(join(target, "thing"), `made ${made}`);
  writeFileSync(join(target, "left-over"), "intermediate");
  return Promise.resolve();
}

beforeEach(() => {
  folder = makeOddFolder();
  process.env["FLARE_CACHE"] = folder;
  made = 0;
});

afterEach(() => {
  if (before === undefined) delete process.env["FLARE_CACHE"];
  else process.env["FLARE_CACHE"] = before;
  rmSync(folder, { recursive: true, force: true });
});

const obtain = (key = "key"): Promise<string> => cachedArtifact("things", key, "thing", produce);

describe("cachedArtifact", () => {
  it("makes a file once per key", async () => {
    const path = await obtain();
    expect(await obtain()).toBe(path);
    expect(readFileSync(path, "utf8")).toBe("made 1");
    await obtain("other");
    expect(made).toBe(2);
  });

  it("makes a file once for all who ask at the same time", async () => {
    await Promise.all([obtain(), obtain(), obtain()]);
    expect(made).toBe(1);
  });

  it.each<[string, (path: string) => void]>([
    [
      "truncated",
      (path) => {
        truncateSync(path, 3);
      },
    ],
    [
      "altered",
      (path) => {
        writeFileSync(path, "evil!!");
      },
    ],
    [
      "gone",
      (path) => {
        rmSync(path);
      },
    ],
    [
      "without its checksum",
      (path) => {
        rmSync(`${path}.sha256`);
      },
    ],
  ])("makes an entry again that is %s", async (_what, damage) => {
    damage(await obtain());
    expect(readFileSync(await obtain(), "utf8")).toBe("made 2");
  });

  it("makes an entry again that was exchanged for another key's, checksum and all", async () => {
    const path = await obtain();
    cpSync(dirname(await obtain("other")), dirname(path), { recursive: true });
    expect(readFileSync(await obtain(), "utf8")).toBe("made 3");
  });

  it("gives up with a sentence where something else spoils each attempt", async () => {
    const publishAndSpoil = cachedArtifact("things", "key", "thing", async (target) => {
      await produce(target);
      const entry = join(folder, "things", "key");
      mkdirSync(entry, { recursive: true });
      writeFileSync(join(entry, "thing"), "half");
    });
    await expect(publishAndSpoil).rejects.toThrow(
      /thing is not what was just built: something else writes to the cache; run it again, or set FLARE_CACHE/,
    );
    expect(made).toBe(2);
  });

  it("leaves nothing behind when the making fails, and succeeds the next time", async () => {
    const failing = cachedArtifact("things", "key", "thing", (target) => {
      writeFileSync(join(target, "thing"), "half");
      return Promise.reject(new Error("disk full"));
    });
    await expect(failing).rejects.toThrow("disk full");
    expect(readdirSync(join(folder, "things"))).toEqual([]);
    expect(readFileSync(await obtain(), "utf8")).toBe("made 1");
  });

  it("keeps the entry of another process that was faster", async () => {
    const path = join(folder, "things", "key", "thing");
    const slow = cachedArtifact("things", "key", "thing", async (target) => {
      await produce(target);
      // Another process publishes the same key meanwhile.
      const { createHash } = await import("node:crypto");
      const other = join(folder, "things", "key");
      cpSync(target, other, { recursive: true });
      writeFileSync(path, "theirs");
      writeFileSync(`${path}.sha256`, createHash("sha256").update("key\ntheirs").digest("hex"));
    });
    expect(await slow).toBe(path);
    expect(readFileSync(path, "utf8")).toBe("theirs");
    expect(readdirSync(join(folder, "things"))).toEqual(["key"]);
  });
});
