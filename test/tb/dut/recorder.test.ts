import { describe, expect, it } from "vitest";
import type { Dut } from "../../../tb/dut/dut.ts";
import { fieldOf, writeField } from "../../../tb/dut/frame.ts";
import { Recorder, type Trace } from "../../../tb/dut/recorder.ts";
import { openDut } from "../../../tb/dut/open.ts";
import { buildTimeout, generate } from "../support/designs.ts";
import { registerDut } from "../support/model-dut.ts";

const valuesOf = (trace: Trace, name: string): readonly bigint[] | undefined =>
  trace.signals.find(({ port }) => port.name === name)?.values;

describe("Recorder", () => {
  it("remembers the latest cycles as their rising edges saw them", () => {
    const dut = new Recorder(registerDut(), 3);
    dut.set("rst_ni", 1n);
    for (const value of [1n, 2n, 3n, 4n, 5n]) {
      dut.set("d_i", value);
      dut.tick();
    }
    dut.set("d_i", 99n);
    const { trace } = dut;
    expect([trace.clock, trace.firstCycle, trace.cycles]).toEqual(["clk_i", 2, 3]);
    expect(valuesOf(trace, "d_i")).toEqual([3n, 4n, 5n]);
    expect(valuesOf(trace, "q_o")).toEqual([2n, 3n, 4n]);
    expect(valuesOf(trace, "clk_i")).toBeUndefined();
  });

  it("has what there is when there were fewer", () => {
    const dut = new Recorder(registerDut(), 16);
    expect(dut.trace.cycles).toBe(0);
    dut.tick();
    expect([dut.trace.firstCycle, valuesOf(dut.trace, "rst_ni")]).toEqual([0, [0n]]);
  });

  it("keeps what it was told to keep, first", () => {
    const dut = new Recorder(registerDut(), 2);
    for (let i = 0; i < 4; i++) dut.tick();
    dut.keep(2);
    dut.tick();
    dut.keep(4);
    expect([dut.trace.firstCycle, dut.trace.cycles]).toEqual([1, 2]);
  });

  it.each(["verilator", "interpreter"] as const)(
    "remembers single cycles and streams alike, over the bounds of batches, in %s",
    async (simulator) => {
      const design = await generate({ unit: "relu", lanes: 1, stages: 1 });
      const single = await record(await openDut(design.core, design[simulator], { seed: 1 }), "tick");
      const streamed = await record(await openDut(design.core, design[simulator], { seed: 1 }), "stream");
      expect(streamed).toEqual(single);
      expect(valuesOf(single.kept, "score_i")).toEqual([97n, 98n, 99n, 100n]);
      expect(valuesOf(single.kept, "prob_o")).toEqual([96n, 97n, 98n, 99n]);
      expect([single.kept.firstCycle, single.latest.firstCycle]).toEqual([97, 996]);
    },
    buildTimeout,
  );
});

/** A count at the input for 1,000 cycles: what was kept at cycle 100, and what was latest. */
async function record(opened: Dut, how: "tick" | "stream"): Promise<{ readonly kept: Trace; readonly latest: Trace }> {
  const kept = new Recorder(opened, 4);
  const latest = new Recorder(kept, 4);
  const inputs = [["rst_ni", () => 1n] as const, ["score_i", (cycle: number) => BigInt(cycle)] as const];
  try {
    if (how === "tick") {
      for (let cycle = 0; cycle < 1000; cycle++) {
        for (const [name, value] of inputs) latest.set(name, value(cycle));
        latest.tick();
        if (cycle === 100) kept.keep(100);
      }
    } else {
      let filled = 0;
      await latest.stream({
        fill: (bytes, most) => {
          const view = new DataView(bytes.buffer, bytes.byteOffset);
          // Odd batches, the first of which ends in the middle of what is kept.
          const count = Math.min(filled === 0 ? 99 : 61, most, 1000 - filled);
          for (let at = 0; at < count; at++) {
            for (const [name, value] of inputs) {
              const field = fieldOf(latest.inputLayout, name, "test");
              writeField(view, at * latest.inputLayout.bytes, field, value(filled + at));
            }
          }
          filled += count;
          return count;
        },
        take: (_outputs, _inputs, cycles, firstCycle) => {
          if (firstCycle <= 100 && firstCycle + cycles > 100) kept.keep(100);
        },
      });
    }
    return { kept: kept.trace, latest: latest.trace };
  } finally {
    await latest.close();
  }
}
