import { describe, expect, it } from "vitest";
import { InterpreterDut } from "../../../tb/dut/interpreter.ts";
import { openDut } from "../../../tb/dut/open.ts";
import { buildTimeout, generate } from "../support/designs.ts";
import { seededRandom } from "../../../tb/bench/random.ts";

describe("the interpreter behind Dut", () => {
  it(
    "behaves as Verilator does, cycle by cycle, on a wrapper under random inputs and resets",
    async () => {
      const design = await generate({ unit: "relu", lanes: 3, format: "e3m2", stages: 1 });
      const duts = [
        await openDut(design.axis, design.verilator, { seed: 1 }),
        await openDut(design.axis, design.interpreter, { seed: 1 }),
      ];
      const random = seededRandom(4);
      for (let cycle = 0; cycle < 2000; cycle++) {
        const inputs = {
          aresetn: cycle > 3 && !random.chance(0.02) ? 1n : 0n,
          s_axis_tdata: BigInt(random.below(1 << 24)),
          s_axis_tkeep: 7n,
          s_axis_tlast: random.chance(0.3) ? 1n : 0n,
          s_axis_tvalid: random.chance(0.6) ? 1n : 0n,
          m_axis_tready: random.chance(0.5) ? 1n : 0n,
        };
        for (const dut of duts) {
          for (const [name, value] of Object.entries(inputs)) dut.set(name, value);
          dut.tick();
        }
        const control = ["s_axis_tready", "m_axis_tvalid"];
        const data = ["m_axis_tdata", "m_axis_tkeep", "m_axis_tlast"];
        const [first, second] = duts.map((dut) => {
          const valid = dut.sampled("m_axis_tvalid") === 1n;
          return [...control, ...(valid ? data : [])].map((name) => dut.sampled(name));
        });
        expect(second).toEqual(first);
      }
      for (const dut of duts) await dut.close();
    },
    buildTimeout,
  );

  it("shows what the edge saw and what it changed, and refuses what does not fit", async () => {
    const { core, interpreter } = await generate({ unit: "relu", lanes: 2, stages: 1 });
    const dut = await openDut(core, interpreter, { seed: 1 });
    dut.set("rst_ni", 1n);
    dut.set("in_valid_i", 1n);
    dut.set("score_i", 0x3f80_c000n);
    dut.tick();
    expect([dut.sampled("out_valid_o"), dut.get("out_valid_o"), dut.get("prob_o")]).toEqual([0n, 1n, 0x3f80_0000n]);
    expect(dut.cycle).toBe(1);
    expect(() => {
      dut.set("in_valid_i", 2n);
    }).toThrow("in_valid_i is 1 bits wide and cannot hold 0x2");
    expect(() => dut.get("nope")).toThrow('there is no port "nope"');
    expect(dut).toBeInstanceOf(InterpreterDut);
  });

  it("reports a broken assertion as the design stopping itself", async () => {
    const { axis, interpreter } = await generate({ unit: "relu", lanes: 2, stages: 1 });
    const dut = await openDut(axis, interpreter, { seed: 1 });
    dut.set("aresetn", 0n);
    dut.tick();
    dut.set("aresetn", 1n);
    dut.set("s_axis_tvalid", 1n);
    dut.set("s_axis_tlast", 1n);
    dut.set("s_axis_tkeep", 0b1100n);
    expect(() => {
      dut.tick();
    }).toThrow(/stopped itself at cycle 1: .*s_axis_tkeep/);
  });
});
