import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accuracyReport } from "../../../tb/accuracy/accuracy.ts";
import { renderAccuracy } from "../../../tb/accuracy/render.ts";
import { runFlare, type Ended } from "../../support/flare.ts";
import { generate, temporaryFolder } from "../support/designs.ts";

const accuracy = (...args: readonly string[]): Promise<Ended> => runFlare(["accuracy", ...args]);

describe("npm run accuracy", () => {
  it("writes the JSON and what is rendered from it, and says the same of a second run", async () => {
    const { folder } = await generate({ unit: "softmax", lanes: 2, maxLength: 16 });
    const out = temporaryFolder();
    const { exitCode, stdout, stderr } = await accuracy("--rtl", folder, "--out", out);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^softmax_bf16_x2_n16: [\d,]+ rows, [\d,]+ results; worst 0\.\d+ ulp \(.*\); 9\d\.\d\d % correctly/m,
    );
    expect(stdout).toMatch(/2 of them changed$/m);
    const read = accuracyReport.read(out);
    expect(readFileSync(join(out, "accuracy.json"), "utf8")).toBe(accuracyReport.print(read));
    expect(readFileSync(join(out, "accuracy.md"), "utf8")).toBe(renderAccuracy(read));
    expect((await accuracy("--rtl", folder, "--out", out)).stdout).toMatch(/0 of them changed$/m);
  });

  it("prints the exponential's line beside SoftEx's", async () => {
    const { folder } = await generate({ unit: "exp" });
    const { stdout } = await accuracy("--rtl", folder, "--out", temporaryFolder());
    expect(stdout).toMatch(
      /^exp_bf16: all 65,536 inputs; worst 0\.\d+ ulp at 0x\w{4} = \S+; 99\.\d\d % of [\d,]+ finite/m,
    );
    expect(stdout).toMatch(
      /^SoftEx's exponential, measured elsewhere and not by this command: 72\.6 % correctly rounded/m,
    );
  });

  it.each<[string, () => Promise<string[]>, RegExp]>([
    [
      "a folder of designs without a place for their report",
      () => Promise.resolve(["--rtl", "build/other"]),
      /--rtl needs --out FOLDER; reports\/ holds the report of the catalogue only/,
    ],
    [
      "designs that compute no exponential",
      async () => ["--rtl", (await generate({ unit: "relu", lanes: 2 })).folder, "--out", temporaryFolder()],
      /has no core of exp, softmax; make one with `npm run gen -- --unit exp`/,
    ],
  ])("refuses %s, in one sentence", async (_what, args, sentence) => {
    const { exitCode, stderr } = await accuracy(...(await args()));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
