import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readPoints, type Point } from "../../../../tb/coverage/structure/points.ts";
import { openDut } from "../../../../tb/dut/open.ts";
import { buildTimeout, generate, temporaryFolder, type Generated } from "../../support/designs.ts";

/** The holes of a design that is given these scores, one per beat. */
async function holesAfter({ core, verilator }: Generated, scores: readonly bigint[]): Promise<readonly Point[]> {
  const coverage = join(temporaryFolder(), "coverage.dat");
  const dut = await openDut(core, verilator, { seed: 1, coverage });
  dut.set("rst_ni", 0n);
  dut.set("in_valid_i", 0n);
  dut.tick();
  dut.set("rst_ni", 1n);
  for (const score of scores) {
    dut.set("in_valid_i", 1n);
    dut.set("score_i", score);
    dut.tick();
    dut.set("in_valid_i", 0n);
    dut.tick();
  }
  await dut.close();
  return readPoints(readFileSync(coverage, "utf8"), coverage).filter(({ covered }) => !covered);
}

describe("structural coverage", () => {
  let design: Generated;
  beforeAll(async () => {
    design = await generate({ unit: "relu", format: "fp8_e4m3", lanes: 2 });
  }, buildTimeout);

  it(
    "shows what a starved stimulus leaves, and no more than the sign of the result after all inputs",
    { timeout: buildTimeout },
    async () => {
      const starved = await holesAfter(design, [0x0000n, 0x0101n, 0x0000n, 0x0101n, 0x0000n]);
      const names = starved.map(({ name }) => name);
      expect(names).toContain("score_i[0][7]");
      expect(names).toContain("prob_o[1][6]");
      expect(names).not.toContain("prob_o[0][0]");

      const all = Array.from({ length: 256 }, (_, score) => BigInt(score) * 0x0101n);
      const left = await holesAfter(design, [...all, ...all]);
      expect([...new Set(left.map(({ name }) => name))].sort()).toEqual([
        "prob[0][7]",
        "prob[1][7]",
        "prob_o[0][7]",
        "prob_o[1][7]",
        "prob_o[7]",
        "rst_ni",
      ]);
    },
  );
});
