import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec, type SpecRequest } from "../../../../gen/design.ts";
import { ModuleBuilder } from "../../../../gen/hdl/builder.ts";
import { compileOrder, type Module } from "../../../../gen/hdl/module.ts";
import { concat, slice, zero } from "../../../../gen/hdl/operators.ts";
import { constantBits, constantExclusions } from "../../../../tb/coverage/structure/constants.ts";

function moduleOf(request: SpecRequest, ending: string): Module {
  const found = compileOrder(buildDesign(resolveSpec(request)).axis).find(({ name }) => name.endsWith(ending));
  if (found === undefined) throw new Error(`there is no ${ending}`);
  return found;
}

/** The places of a signal's bits that have a value. */
function settled(module: Module, signal: string): (readonly [number, 0 | 1])[] {
  return (constantBits(module).get(signal) ?? []).flatMap((value, bit) => (value === undefined ? [] : [[bit, value] as const]));
}

describe("the constant bits of a design", () => {
  it("are what its author wrote as such, behind registers and in the lanes of the module above too", () => {
    expect(settled(moduleOf({ unit: "relu", lanes: 2 }, "_lane"), "prob_o")).toEqual([[15, 0]]);
    expect(settled(moduleOf({ unit: "relu", lanes: 2 }, "relu_bf16_x2"), "prob_o")).toEqual([
      [15, 0],
      [31, 0],
    ]);
    expect(settled(moduleOf({ unit: "flare", lanes: 1 }, "_lane"), "near_stop")).toEqual([[0, 0]]);
  });

  it("are what all entries of a table have in common, and what comes of adding a constant to it", () => {
    const lane = moduleOf({ unit: "exp" }, "_lane");
    expect(settled(lane, "exp2_coarse")).toEqual([[10, 1]]);
    expect(settled(lane, "level").map(([bit]) => bit)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it("are none of what inputs decide", () => {
    const lane = moduleOf({ unit: "relu", lanes: 2 }, "_lane");
    expect(settled(lane, "score_i")).toEqual([]);
    expect(settled(lane, "prob_o")).toHaveLength(1);
  });

  it("are exclusions of the points that they are, by value", () => {
    const m = new ModuleBuilder("padded", { purpose: "a value above two zeros", notes: [] });
    const x = m.input("x_i", 2);
    m.output("y_o", m.let("y", concat(slice(x, 0, 0), slice(x, 1, 1), zero(2))));
    const point = { file: "padded.sv", line: 1, column: 1, kind: "toggle", covered: false } as const;
    const points = ["y[0]", "y[1]", "y[2]", "x_i[0]"].map((name) => ({ ...point, name }));
    expect(constantExclusions(points, [m.build()])).toMatchObject([
      { files: ["padded.sv"], bits: ["y[0]", "y[1]"], constant: 0 },
    ]);
  });
});
