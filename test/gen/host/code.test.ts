import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeHash, codeOf } from "../../../gen/host/code.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

let folder = "";
beforeEach(() => (folder = makeOddFolder()));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return pathToFileURL(path).href;
}

const namesOf = (url: string): string[] => codeOf(url).map((found) => basename(found));

describe("the code that a result depends on", () => {
  test("is a source and what it imports, exports again, loads later or starts, however indirectly", () => {
    mkdirSync(join(folder, "sub"));
    const top = write(
      "top.ts",
      `import { z } from "zod";
import {
  a,
  type B,
} from "./a.ts";
export { c } from "./sub/c.ts";
import "./effect.ts";
const later = () => import("./later.ts");
const worker = new URL("worker.mjs", import.meta.url);
`,
    );
    write("a.ts", 'import { d } from "./sub/d.ts";\nexport const a = d;\n');
    write("sub/c.ts", 'import { a } from "../a.ts";\nexport const c = a;\n');
    write("sub/d.ts", "export const d = 1;\n");
    for (const name of ["effect.ts", "later.ts", "worker.mjs"]) write(name, "");
    write("other.ts", "");
    expect(namesOf(top).sort()).toEqual(["a.ts", "c.ts", "d.ts", "effect.ts", "later.ts", "top.ts", "worker.mjs"]);
  });

  test("has no part that is imported for its types alone", () => {
    const top = write("top.ts", 'import type { A } from "./a.ts";\nexport type { B } from "./b.ts";\n');
    expect(namesOf(top)).toEqual(["top.ts"]);
  });

  test("may import itself in a circle", () => {
    const top = write("top.ts", 'import { a } from "./a.ts";\n');
    write("a.ts", 'import { top } from "./top.ts";\n');
    expect(namesOf(top)).toEqual(["a.ts", "top.ts"]);
  });
});

test("the hash of the code changes with any source that takes part, and with no other", () => {
  const importing = (name: string): string => {
    write(`${name}-part.ts`, "export const part = 1;\n");
    return 'import { part } from "./PART";\n'.replace("PART", `${name}-part.ts`);
  };
  const hashOf = (name: string, part: string, other: string): string => {
    const url = write(`${name}.ts`, importing(name).replace(`${name}-part`, "part"));
    write("part.ts", part);
    write("other.ts", other);
    return codeHash(url);
  };
  // Sources are read once in a process: each hash is of a folder of its own.
  const inFolder = (part: string, other: string): string => {
    const outer = folder;
    folder = makeOddFolder();
    try {
      return hashOf("top", part, other);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      folder = outer;
    }
  };
  const hash = inFolder("1", "1");
  expect(inFolder("1", "2")).toBe(hash);
  expect(inFolder("2", "1")).not.toBe(hash);
});

test("a stage of the flow depends on what it computes with, not on what hands it on", () => {
  const of = (path: string): string =>
    codeOf(new URL(`../../../ppa/${path}`, import.meta.url).href)
      .map((url) => url.replace(/^.*\/(?=(gen|ppa)\/)/, ""))
      .join(" ");
  expect(of("energy/measure.ts")).toMatch(/ppa\/power\/compile\.ts/);
  expect(of("energy/measure.ts")).not.toMatch(/ppa\/(report|search|yosys)\//);
  expect(of("yosys/map.ts")).toMatch(/gen\/host\/yosys-worker\.mjs .*ppa\/yosys\/idle-enables\.ts/);
  expect(of("yosys/map.ts")).not.toMatch(/ppa\/(sta|activity|power)\//);
});
