import { describe, expect, it } from "vitest";
import { buildDesign } from "../../../gen/design.ts";
import { resolveSpec } from "../../../gen/families/index.ts";
import { Simulation } from "../../../gen/hdl/interpret.ts";
import { softplus } from "../../../tb/golden/softplus.ts";

describe("softplus without registers", () => {
  it.each(["keep", "flush"] as const)("gives the golden model's bits for all 65,536 scores, subnormals %s", (mode) => {
    const { core } = buildDesign(resolveSpec({ unit: "softplus", lanes: 1, stages: 0, subnormals: mode }));
    const simulation = new Simulation(core);
    const wrong: string[] = [];
    for (let score = 0n; score < 0x10000n; score++) {
      simulation.set("score_i", score);
      simulation.settle();
      const got = simulation.get("prob_o");
      if (got !== softplus(score)) wrong.push(`0x${score.toString(16)}: 0x${got.toString(16)}`);
    }
    expect(wrong).toEqual([]);
  });
});
