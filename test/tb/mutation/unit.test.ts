import { describe, expect, it } from "vitest";
import { judge } from "../../../tb/families/index.ts";
import { entryOf } from "../../../tb/mutation/run.ts";
import { killedOf, scoreOf } from "../../../tb/mutation/schema.ts";
import { normalCheck } from "../../../tb/mutation/trial.ts";
import { runUnit, type UnitRequest } from "../../../tb/mutation/unit.ts";
import { buildTimeout, generate, toolchain } from "../support/designs.ts";

async function request(mutants: number): Promise<UnitRequest> {
  const { core: entry, folder } = await generate({ unit: "flare", format: "fp8_e4m3", lanes: 1 });
  const tools = await toolchain();
  const check = normalCheck(judge);
  return { entry, folder, mutants, check, everyInput: undefined, seed: 1, checkSeed: 1, vectors: 4096, tools };
}

describe("runUnit", () => {
  it(
    "kills or proves every mutant of a small design with the normal check, and not with one that looks at no results",
    async () => {
      const asked = await request(12);
      const result = await runUnit(asked);
      const unit = entryOf(result, asked, asked.tools);
      expect(unit.mutants).toBe(12);
      expect(killedOf(unit)).toBeGreaterThan(8);
      expect(unit.survived).toEqual([]);
      expect(scoreOf([unit])).toBe(1);

      const blind = {
        name: "valids only",
        judge: async (...[dut, entry, settings]: Parameters<typeof judge>) => {
          const outcome = await judge(dut, entry, settings);
          return outcome.failure?.kind === "value" ? { ...outcome, failure: undefined } : outcome;
        },
      };
      const killed = result.fates.find(({ fate }) => fate.verdict === "killed" && fate.by === "value");
      const missed = await runUnit({ ...asked, check: blind, only: killed?.mutant.number });
      expect(missed.fates.map(({ fate }) => fate.verdict)).toEqual(["survived"]);
      expect(scoreOf([entryOf(missed, asked, asked.tools)])).toBe(0);
    },
    buildTimeout,
  );

  it(
    "says so where the design fails its check without a mutation",
    async () => {
      const asked = await request(12);
      const deaf = {
        name: "fails all",
        judge: () =>
          Promise.resolve({
            vectors: 0,
            mismatches: 1,
            cycles: 0,
            failure: { kind: "value", sentence: "all is wrong", cycle: 0, facts: [] } as const,
          }),
      };
      await expect(runUnit({ ...asked, check: deaf })).rejects.toThrow(
        "the netlist of flare_fp8_e4m3_x1 fails its check without a mutation: all is wrong",
      );
    },
    buildTimeout,
  );
});
