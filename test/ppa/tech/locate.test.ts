import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { asap7 } from "../../../ppa/tech/asap7.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { sky130hd } from "../../../ppa/tech/sky130hd.ts";
import { matches } from "../../../ppa/tech/technology.ts";
import { useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();

function put(path: string): string {
  const full = join(sandbox().folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, "");
  return full;
}

const name = "sky130_fd_sc_hd__tt_025C_1v80.lib";
const env = (...roots: string[]): NodeJS.ProcessEnv => ({
  PDK_ROOT: roots.map((root) => join(sandbox().folder, root)).join(":"),
});

describe("a technology's files are found", () => {
  test("in a flat folder, compressed", () => {
    const path = put(`pdk/sky130hd/${name}.gz`);
    expect(locate(sky130hd, env("pdk"))).toEqual([path]);
  });

  test("where ciel and volare enable a PDK", () => {
    const path = put(`pdk/sky130A/libs.ref/sky130_fd_sc_hd/lib/${name}`);
    expect(locate(sky130hd, env("pdk"))).toEqual([path]);
  });

  test("where they keep versions that are not enabled, the last by name", () => {
    put(`pdk/ciel/sky130/versions/0a/sky130A/libs.ref/sky130_fd_sc_hd/lib/${name}`);
    const path = put(`pdk/ciel/sky130/versions/0b/sky130A/libs.ref/sky130_fd_sc_hd/lib/${name}`);
    expect(locate(sky130hd, env("pdk"))).toEqual([path]);
  });

  test("uncompressed rather than compressed, and in the second of two roots", () => {
    put(`two/sky130hd/${name}.gz`);
    const path = put(`two/sky130hd/${name}`);
    expect(locate(sky130hd, env("one", "two"))).toEqual([path]);
  });

  test("only when all of them are there", () => {
    const parts = ["AO", "INVBUF", "OA", "SEQ"].map((part) =>
      put(`pdk/asap7/asap7sc7p5t_${part}_RVT_TT_nldm_211120.lib.gz`),
    );
    expect(locate(asap7, env("pdk"))).toBeUndefined();
    const last = put("pdk/asap7/asap7sc7p5t_SIMPLE_RVT_TT_nldm_211120.lib.gz");
    expect(locate(asap7, env("pdk"))).toEqual([...parts, last]);
  });

  test("nowhere without PDK_ROOT", () => {
    expect(locate(sky130hd, {})).toBeUndefined();
  });
});

test("a do-not-use pattern's star stands for any characters and nothing else does", () => {
  expect(matches("*xp*_ASAP7*", "NAND2xp5_ASAP7_75t_R")).toBe(true);
  expect(matches("*xp*_ASAP7*", "NAND2x1_ASAP7_75t_R")).toBe(false);
  expect(matches("a.b", "axb")).toBe(false);
});
