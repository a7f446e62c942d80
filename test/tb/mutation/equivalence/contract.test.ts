import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec } from "../../../../gen/design.ts";
import { CircuitBuilder } from "../../../../gen/hdl/circuit/builder.ts";
import { high, low, type Literal } from "../../../../gen/hdl/circuit/graph.ts";
import { bitsOf, isLegal, observedPorts } from "../../../../tb/mutation/equivalence/contract.ts";

const [core, axis] = buildDesign(resolveSpec({ unit: "softmax", lanes: 2, maxLength: 64 })).entries;
if (core === undefined || axis === undefined) throw new Error("a design has a core and a wrapper");

/** Whether inputs are legal of which these are 1. */
const isLegalWhere = (...ones: string[]): Literal =>
  isLegal(new CircuitBuilder(), core, (bit) => (ones.includes(bit) ? high : low));

describe("what inputs keep to", () => {
  it("is that beats keep low lanes, all of them but at the end of a row", () => {
    const [first = "", second = ""] = bitsOf(core, "stat_keep_i");
    expect(isLegalWhere("rst_ni")).toBe(high);
    expect(isLegalWhere("rst_ni", "stat_valid_i", first, second)).toBe(high);
    expect(isLegalWhere("rst_ni", "stat_valid_i", first)).toBe(low);
    expect(isLegalWhere("rst_ni", "stat_valid_i", "stat_last_i", first)).toBe(high);
    expect(isLegalWhere("rst_ni", "stat_valid_i", "stat_last_i", second)).toBe(low);
    expect(isLegalWhere("rst_ni", "norm_valid_i")).toBe(low);
  });

  it("is nothing in reset", () => {
    expect(isLegalWhere("stat_valid_i", "norm_valid_i")).toBe(high);
  });
});

describe("what ports promise", () => {
  it("is handshakes always, results with their valid", () => {
    expect(observedPorts(axis)).toEqual([
      { ports: ["s_axis_tready", "m_axis_tvalid"] },
      { ports: ["m_axis_tdata", "m_axis_tkeep", "m_axis_tlast"], guard: "m_axis_tvalid" },
    ]);
  });

  it("is refused of ports that a module does not have", () => {
    expect(() => bitsOf(core, "nothing_o")).toThrow('has no port "nothing_o"');
  });
});
