import { describe, expect, it } from "vitest";
import { ModuleBuilder } from "../../../../gen/hdl/builder.ts";
import { circuitOf } from "../../../../gen/hdl/circuit/elaborate.ts";
import { buildDesign, resolveSpec } from "../../../../gen/design.ts";
import { addWrap, constant } from "../../../../gen/hdl/operators.ts";

describe("a module as a circuit", () => {
  it("calls signals as a flattened netlist does, and their bits are those of the ports", () => {
    const { inputs, outputs, signals } = circuitOf(buildDesign(resolveSpec({ unit: "relu", lanes: 2 })).core);
    for (const [name, bits] of [...inputs].filter(([port]) => port !== "rst_ni")) expect(signals.get(name)).toBe(bits);
    for (const [name, bits] of outputs) expect(signals.get(name)).toBe(bits);
    const lanes = [0, 1].map((lane) =>
      [...signals.keys()].filter((name) => name.startsWith(`gen_lane[${lane}].u_lane.`)),
    );
    expect(lanes.map(({ length }) => length)).toEqual([lanes[0]?.length, lanes[0]?.length]);
    expect(lanes[0]?.length).toBeGreaterThan(0);
  });

  it("has registers that say what a reset makes of them, and rules that hold in reset", () => {
    const m = new ModuleBuilder("counter", { purpose: "a test", notes: [] });
    const step = m.input("step_i", 2);
    const count = m.state("count_q", 2, { reset: 2n });
    count.next(addWrap(count.value, step));
    m.assert(constant(1, 1), constant(1, 0), "never holds");
    m.output("count_o", count.value);
    m.output("late_o", m.delayed(step, 1));
    const { registers, states, assertions, inputs } = circuitOf(m.build());
    expect(registers.map(({ reset }) => reset)).toEqual([0, 1, undefined, undefined]);
    expect(states.map((bits) => bits.length)).toEqual([2, 2]);
    expect(assertions).toEqual([{ broken: inputs.get("rst_ni")?.[0], message: "counter: never holds" }]);
  });
});
