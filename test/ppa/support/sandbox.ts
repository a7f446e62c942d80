import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { writeTinyDesign } from "./tiny-design.ts";
import { tinyLibrary } from "./tiny-library.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

/** A folder of a test's own with a tiny design and library in it, gone afterwards. */
export interface Sandbox {
  readonly folder: string;
  readonly rtl: string;
  readonly reports: string;
  readonly cache: string;
  readonly liberty: string;
  /** Writes a file into the folder and returns its path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
  /** Writes a program that stands in for OpenSTA; it answers \`-version\` with the version given. */
  readonly fakeSta: (body: string, version?: string) => string;
}

/** Gives every test of a file a fresh sandbox. */
export function useSandbox(): () => Sandbox {
  let current: Sandbox | undefined;
  beforeEach(() => {
    current = makeSandbox();
  });
  afterEach(() => {
    if (current !== undefined) rmSync(current.folder, { recursive: true, force: true });
  });
  return () => {
    if (current === undefined) throw new Error("the sandbox is there inside a test only");
    return current;
  };
}

function makeSandbox(): Sandbox {
  const folder = makeOddFolder();
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const rtl = join(folder, "rtl");
  mkdirSync(rtl);
  writeTinyDesign(rtl);
  return {
    folder,
    rtl,
    reports: join(folder, "reports"),
    cache: join(folder, "cache"),
    liberty: write("tiny.lib", tinyLibrary()),
    write,
    fakeSta: (body, version = "2.0.17") => {
      const path = join(folder, "fake-sta");
      const script = `#!/bin/sh\nif [ "$1" = "-version" ]; then echo "${version}"; exit 0; fi\n${body}\n`;
      writeFileSync(path, script, { mode: 0o755 });
      return path;
    },
  };
}

/** Gives the tests of a file a cache of their own, so that they neither use nor leave results elsewhere. */
export function useOwnCache(): void {
  let cache = "";
  beforeAll(() => {
    cache = makeOddFolder();
    vi.stubEnv("FLARE_CACHE", cache);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true, force: true });
  });
}
