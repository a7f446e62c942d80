import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import * as bench from "../../../tb/bench/index.ts";

describe("tb/README.md", () => {
  it("names all that the bench offers", () => {
    const text = readFileSync(join(projectRoot, "tb/README.md"), "utf8");
    expect(Object.keys(bench).filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});
