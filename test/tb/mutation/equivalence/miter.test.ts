import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec } from "../../../../gen/design.ts";
import { miterOf, runOf } from "../../../../tb/mutation/equivalence/miter.ts";

const [core, axis] = buildDesign(resolveSpec({ unit: "flare", format: "fp8_e4m3", lanes: 2 })).entries;
if (core === undefined || axis === undefined) throw new Error("a design has a core and a wrapper");

describe("miterOf", () => {
  it("compares valids always, results only while the valid is high, and only bits that the mutant can reach", () => {
    const reach = new Map([
      ["out_valid_o", [0]],
      ["prob_o", [8, 9]],
    ]);
    expect(miterOf(core, reach)).toContain(
      "assign differs = ({out_valid_o_original[0]} != {out_valid_o_mutant[0]}) | " +
        "(out_valid_o_original & ({prob_o_original[8], prob_o_original[9]} != {prob_o_mutant[8], prob_o_mutant[9]}));",
    );
  });

  it("differs never where no output is reached", () => {
    expect(miterOf(core, new Map())).toContain("assign differs = 1'b0;");
  });
});

describe("runOf", () => {
  it("counts what comes after a reset and before the first beat that breaks the contract of TKEEP", () => {
    const text = runOf(axis);
    expect(text).toContain("(s_axis_tlast & (s_axis_tkeep == {2{2'b01}})) | (s_axis_tkeep == {2{2'b11}})");
    expect(text).toContain("assign told = was_reset & ~was_illegal & ~illegal & differs;");
    expect(runOf(core)).toContain("wire illegal = rst_ni & (1'b0);");
  });
});
