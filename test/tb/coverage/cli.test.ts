import { describe, expect, it } from "vitest";
import { runFlare } from "../../support/flare.ts";

describe("npm run coverage", () => {
  it.each([
    [
      ["--seed", "2", "--out", "reports"],
      /^error: --out reports: reports\/ holds the report of the default run; choose another folder$/m,
    ],
    [["--unit", "gelu"], /^error: unknown unit "gelu"; use one of /],
    [["--vectors", "0"], /^error: --vectors is a whole number from 1 to 1099511627776, not "0"/],
  ])("%j ends with one sentence", { timeout: 60_000 }, async (args, sentence) => {
    const { exitCode, stderr } = await runFlare(["coverage", ...args]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(sentence);
  });
});
