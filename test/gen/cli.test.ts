import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outputFiles, buildCatalogue } from "../../gen/catalog.ts";
import { rtlFolder } from "../../gen/host/files.ts";
import { readManifest } from "../../gen/manifest.ts";
import { runFlare, type Ended } from "../support/flare.ts";
import { makeOddFolder } from "../support/odd-folder.ts";

let folder = "";
beforeEach(() => {
  folder = makeOddFolder();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const gen = (...args: readonly string[]): Promise<Ended> => runFlare(["gen", ...args]);

describe("npm run gen", () => {
  it("the committed rtl/ is, byte for byte, what the generators make", () => {
    const files = outputFiles(buildCatalogue());
    for (const [name, text] of files) expect(readFileSync(join(rtlFolder, name), "utf8")).toBe(text);
    const committed = readdirSync(rtlFolder).filter((name) => name !== "README.md");
    expect(committed.sort()).toEqual([...files.keys()].sort());
  });

  it("makes a design of the user's own, with a manifest that can be read back", async () => {
    const args = ["--unit", "flare", "--format", "fp16", "--lanes", "16", "--stages", "3", "--subnormals", "flush"];
    expect(await gen(...args, "--out", folder)).toMatchObject({ exitCode: 0, stderr: "" });
    const { modules } = readManifest(folder);
    expect(modules.map(({ name }) => name)).toEqual(["flare_fp16_x16_s3_ftz", "flare_fp16_x16_s3_ftz_axis"]);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(modules.flatMap(({ files }) => files)));
  });

  it("makes the designs of a study", async () => {
    expect(await gen("--study", "lane", "--out", folder)).toMatchObject({ exitCode: 0 });
    const cores = readManifest(folder).modules.filter(({ kind }) => kind === "core");
    expect(cores.map(({ name }) => name)).toContain("flare_bf16_x1_s2");
  });

  it("a second run changes nothing", async () => {
    await gen("--unit", "relu", "--out", folder);
    expect((await gen("--unit", "relu", "--out", folder)).stdout).toContain("0 of them changed");
  });
});

describe("bad input ends with one sentence, a non-zero exit code and no file", () => {
  it.each([
    [["--unit", "gelu"], 'unknown unit "gelu"; use relu, fire_relu, flare, exp, softmax'],
    [["--unit", "relu", "--format", "bf17"], 'unknown format "bf17"; use bf16'],
    [["--unit", "relu", "--lanes", "0"], '--lanes is a whole number from 1 to 64, not "0"'],
    [["--unit", "relu", "--lanes", "65"], '--lanes is a whole number from 1 to 64, not "65"'],
    [["--unit", "relu", "--lanes", "eight"], '--lanes is a whole number from 1 to 64, not "eight"'],
    [["--unit", "flare", "--stages", "9"], "flare cannot have 9 stages: it offers 6 cuts; use 0 to 6"],
    [["--unit", "flare", "--subnormals", "drop"], '--subnormals is keep or flush, not "drop"'],
    [["--unti", "flare"], "unknown option '--unti'"],
    [["flare"], "too many arguments"],
    [["--study", "lanes"], 'unknown study "lanes"; use lane'],
    [["--study", "lane", "--unit", "relu"], "--unit does not go with --study"],
    [["--unit", "softmax", "--max-length", "9999999"], '--max-length is a whole number from 2 to 16384, not "9999999"'],
    [["--unit", "softmax", "--max-length", "100"], "rows of up to 100 elements do not fill beats of 8 lanes"],
    [["--unit", "relu", "--max-length", "64"], "relu looks at one element at a time; leave --max-length out"],
    [["--lanes", "4"], "--lanes needs --unit; without it the whole catalogue is generated"],
  ])("%j", async (args, sentence) => {
    const result = await gen(...args, "--out", folder);
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.stderr).toContain(`error: ${sentence}`);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("a design of one's own needs a folder", async () => {
    expect((await gen("--unit", "relu")).stderr).toBe(
      "error: --unit needs --out FOLDER; rtl/ holds the catalogue only",
    );
  });

  it("an output folder that is a file is left as it was", async () => {
    const file = join(folder, "taken");
    writeFileSync(file, "mine");
    const result = await gen("--unit", "relu", "--out", file);
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.stderr).toContain(`cannot make the folder ${file}: a file is in its place; choose another folder`);
    expect(readFileSync(file, "utf8")).toBe("mine");
  });
});
