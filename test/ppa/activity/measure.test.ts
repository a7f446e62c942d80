import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { Simulation } from "../../../gen/hdl/interpret.ts";
import type { NetActivity } from "../../../ppa/activity/activity.ts";
import { activityBench, measureActivity } from "../../../ppa/activity/measure.ts";
import { technologies } from "../../../ppa/tech/all.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { stimuliFor } from "../../../ppa/workload/drive.ts";
import { inputAt } from "../../../ppa/workload/stimulus.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { clockGate, withClockGate } from "../support/clock-gate.ts";
import { useOwnCache } from "../support/sandbox.ts";
import { tinyLibrary } from "../support/tiny-library.ts";
import { mapped, withText, type Mapped } from "./support/mapped.ts";
import { NaiveSimulation } from "./support/naive.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

useOwnCache();

const found = technologies.map((technology) => ({ name: technology.name, technology, files: locate(technology) }));

/** The same activity, from one cycle of one vector at a time; its outputs held against the interpreter. */
function naiveActivity({ netlist: { design, content }, core, library, vectors }: Mapped): Map<string, NetActivity> {
  const [stimulus] = stimuliFor(design.entry, vectors, "isolated");
  if (stimulus === undefined) throw new Error("no stimulus");
  const netlist = content();
  const [transitions, high] = [new Map<string, number>(), new Map<string, number>()];
  const add = (to: Map<string, number>, net: string, condition: boolean, count = 1): void => {
    to.set(net, (to.get(net) ?? 0) + (condition ? count : 0));
  };
  for (let run = 0; run < stimulus.vectors; run++) {
    const [cells, rtl] = [new NaiveSimulation(netlist, library), new Simulation(core)];
    let before = new Map<string, boolean>();
    for (let cycle = 0; cycle < stimulus.cycles; cycle++) {
      for (const port of stimulus.ports) {
        const value = inputAt(stimulus, port, cycle, run);
        rtl.set(port.name, value);
        netlist.ports
          .find(({ name }) => name === port.name)
          ?.bits.forEach((bit, i) => {
            if (bit.kind === "net") cells.values.set(bit.name, ((value >> BigInt(i)) & 1n) === 1n);
          });
      }
      cells.settle();
      rtl.settle();
      if (stimulus.counted[cycle] === 1) {
        for (const [net, value] of cells.values) {
          add(transitions, net, value !== before.get(net));
          add(high, net, value);
        }
        for (const [net, pulsing] of cells.pulses) {
          add(transitions, net, pulsing, 2);
          add(high, net, pulsing, 0.5);
        }
        for (const { name, direction, bits } of netlist.ports) {
          if (direction !== "output") continue;
          const got = bits.reduceRight((value, bit) => {
            const one = bit.kind === "constant" ? bit.value === 1 : cells.values.get(bit.name) === true;
            return 2n * value + (one ? 1n : 0n);
          }, 0n);
          expect(got, `${name} in cycle ${cycle}`).toBe(rtl.get(name));
        }
      }
      before = new Map(cells.values);
      cells.clock();
      rtl.tick();
    }
  }
  const cycles = stimulus.countedCycles * stimulus.vectors;
  return new Map(
    [...transitions].map(([net, count]) => [net, { transitions: count, high: (high.get(net) ?? 0) / cycles }]),
  );
}

const osu018 = found.find(({ name }) => name === "osu018");

describe.skipIf(osu018?.files === undefined)("the activity of a unit mapped to osu018", () => {
  describe.each([
    { unit: "relu", format: "e3m2", lanes: 2 },
    { unit: "flare", format: "e3m2", lanes: 1, stages: 2 },
  ])("%j", (request) => {
    let unit: Mapped;
    beforeAll(async () => {
      if (osu018?.files === undefined) throw new Error("osu018 is not here");
      unit = await mapped(request, osu018.technology, osu018.files);
    });

    test("is that of a naive simulation which agrees with the interpreter", async () => {
      const bench = await activityBench(unit.netlist);
      const { activity, equivalence } = measureActivity(bench, unit.vectors, "isolated");
      const beats = 1024 / request.lanes;
      expect(activity.cycles).toBe(2 * (beats + unit.netlist.design.entry.latency));
      expect(equivalence).toMatchObject({ vectors: 2, cycles: activity.cycles, mismatches: 0 });
      for (const [net, expected] of naiveActivity(unit)) {
        const got = activity.nets.get(net);
        expect(got?.transitions, net).toBe(expected.transitions);
        expect(got?.high, net).toBeCloseTo(expected.high, 12);
      }
    });

    test("has an ideal clock and a reset that rests", async () => {
      const bench = await activityBench(unit.netlist);
      const { cycles, nets } = measureActivity(bench, unit.vectors, "streaming").activity;
      expect(cycles).toBe((2 * 1024) / request.lanes);
      expect(nets.get("clk_i")).toEqual({ transitions: 2 * cycles, high: 0.5 });
      expect(nets.get("rst_ni")).toEqual({ transitions: 0, high: 1 });
      expect(nets.get("in_valid_i")).toEqual({ transitions: 0, high: 1 });
    });

    test("is refused where a register of the netlist is stuck", async () => {
      const wrong = unit.netlist.text.replace(/\.D\([^)]*\), \.Q\(prob_o\[1\]\)/, ".D(1'b1), .Q(prob_o[1])");
      expect(wrong).not.toBe(unit.netlist.text);
      const bench = await activityBench(withText(unit.netlist, wrong));
      expect(() => measureActivity(bench, unit.vectors, "isolated")).toThrow(
        /^the netlist of \S+ for osu018 \(recipe dch-map\) differs from its RTL: in cycle \d+ of vector [01], prob_o\[1\] is 1 and should be 0 \(inputs: rst_ni = 0x1, in_valid_i = 0x1, score_i = 0x[0-9a-f]+/,
      );
    });
  });
});

describe("the activity of a unit with clock gates", () => {
  const request = { unit: "flare", format: "e3m2", lanes: 2, stages: 4 } as const;
  let unit: Mapped;
  let gates: readonly string[];
  beforeAll(async () => {
    const folder = makeOddFolder();
    const path = join(folder, "gated.lib");
    writeFileSync(path, withClockGate(tinyLibrary()));
    unit = await mapped(request, { ...userTechnology([path]), clockGate }, [path]);
    gates = unit.netlist.text.split("\n").filter((line) => line.includes(" CKGATE "));
    rmSync(folder, { recursive: true });
  });

  test("is that of a naive simulation which agrees with the interpreter", async () => {
    expect(gates.length).toBe(4); // Behind the comparison and one stage later, in both lanes.
    const { activity, equivalence } = measureActivity(await activityBench(unit.netlist), unit.vectors, "isolated");
    expect(equivalence).toMatchObject({ vectors: 2, mismatches: 0 });
    for (const [net, expected] of naiveActivity(unit)) {
      const got = activity.nets.get(net);
      expect(got?.transitions, net).toBe(expected.transitions);
      expect(got?.high, net).toBeCloseTo(expected.high, 12);
    }
    expect(activity.gatedClocks.size).toBe(4);
    for (const clock of activity.gatedClocks) {
      const { transitions, high } = activity.nets.get(clock) ?? { transitions: 0, high: 0 };
      expect(transitions, clock).toBeGreaterThan(0);
      expect(transitions, clock).toBeLessThan(2 * activity.cycles);
      expect(high, clock).toBeCloseTo(transitions / activity.cycles / 4, 12);
    }
  });

  test.each([0, 1, 2, 3])("is refused where gate %i is never enabled", async (i) => {
    const wrong = unit.netlist.text.replace(gates[i] ?? "", (gate) => gate.replace(/\.E\([^)]*\)/, ".E(1'b0)"));
    expect(wrong).not.toBe(unit.netlist.text);
    const bench = await activityBench(withText(unit.netlist, wrong));
    expect(() => measureActivity(bench, unit.vectors, "isolated")).toThrow(
      /^the netlist of \S+ for tiny \(recipe dch-map\) differs from its RTL: in cycle \d+ of vector/,
    );
  });
});

describe.each(found)("a unit mapped to $name", ({ technology, files }) => {
  test.skipIf(files === undefined)(
    `agrees with its RTL, from the first cycle of the reset on (${technology.name})`,
    async () => {
      const unit = await mapped({ unit: "relu", format: "e3m2", lanes: 1 }, technology, files ?? []);
      const bench = await activityBench(unit.netlist);
      expect(measureActivity(bench, unit.vectors, "isolated").equivalence).toMatchObject({ mismatches: 0 });
    },
  );
});
