import { describe, expect, it } from "vitest";
import { emit } from "../../../gen/emit/module.ts";
import { elementwise } from "../../../gen/families/elementwise.ts";
import { Simulation } from "../../../gen/hdl/interpret.ts";
import { bit, concat, not, slice } from "../../../gen/hdl/operators.ts";
import type { Lane } from "../../../gen/units/lane.ts";

/** Changes the sign of an element, and nothing else. */
const negate: Lane = {
  purpose: "the element with the other sign",
  notes: [],
  hasBias: false,
  neverNegative: false,
  plans: [[], ["output"]],
  defaultLanes: 2,
  defaultStages: 1,
  isolatesByDefault: undefined,
  build: (m, { score }) => m.cut("output", m.let("prob", concat(not(bit(score, 5)), slice(score, 4, 0)))),
};

describe("a lane whose results can be of any sign", () => {
  const family = elementwise(negate);
  const spec = family.resolve({ unit: "negate", format: "e3m2" });
  const { core, axis } = family.build(spec, family.name(spec), "a test");

  it("gives the core a result with all of its bits", () => {
    const simulation = new Simulation(core.module);
    simulation.set("rst_ni", 1n);
    simulation.set("in_valid_i", 1n);
    simulation.set("score_i", 0b000000_100001n);
    simulation.tick();
    expect(simulation.get("prob_o")).toBe(0b100000_000001n);
    expect(emit(core.module.submodules[0] ?? core.module)).not.toContain("never negative");
  });

  it("keeps its sign through the wrapper and its queue, zeros in lanes that are not kept and in the padding", () => {
    const wrapper = new Simulation(axis.module);
    wrapper.set("aresetn", 1n);
    wrapper.set("m_axis_tready", 0n);
    wrapper.set("s_axis_tvalid", 1n);
    const send = (data: bigint, keep: bigint): void => {
      wrapper.set("s_axis_tdata", data);
      wrapper.set("s_axis_tkeep", keep);
      wrapper.set("s_axis_tlast", keep === 0b11n ? 0n : 1n);
      wrapper.tick();
    };
    send(0b00100001_00000010n, 0b11n);
    send(0b00000001_00000011n, 0b01n);
    wrapper.set("s_axis_tvalid", 0n);
    wrapper.tick();
    wrapper.set("m_axis_tready", 1n);
    const got = ["tvalid", "tdata", "tkeep", "tlast"].map((name) => wrapper.get(`m_axis_${name}`));
    expect(got).toEqual([1n, 0b00000001_00100010n, 0b11n, 0n]);
    wrapper.tick();
    const next = ["tvalid", "tdata", "tkeep", "tlast"].map((name) => wrapper.get(`m_axis_${name}`));
    expect(next).toEqual([1n, 0b00000000_00100011n, 0b01n, 1n]);
  });
});
