import { describe, expect, test } from "vitest";
import { buildDesign, resolveSpec } from "../../../gen/design.ts";
import type { DesignEnergy } from "../../../ppa/energy/measure.ts";
import type { Draw } from "../../../ppa/energy/model.ts";
import { provenanceOf, resultsOf } from "../../../ppa/report/energy.ts";
import { makeWorkload } from "../../../ppa/workload/workload.ts";
import { bf16 } from "../workload/support/ran.ts";

const [entry] = buildDesign(resolveSpec({ unit: "relu" })).entries;
if (entry === undefined) throw new Error("no entry");

/** At 1,000 MHz: 30 uW of registers, 14 of gates, 3 of clock gates, 5 of the clock's net; 6 of these leak. */
const draw: Draw = {
  registers: { internalW: 20e-6, switchingW: 8e-6, leakageW: 2e-6 },
  combinational: { internalW: 7e-6, switchingW: 4e-6, leakageW: 3e-6 },
  clockGates: { internalW: 1e-6, switchingW: 1e-6, leakageW: 1e-6 },
  clockNetworkW: 5e-6,
};
const twice: Draw = { ...draw, clockNetworkW: 57e-6 };
const workload = makeWorkload({ kind: "dense" }, bf16, 7);
const energy: DesignEnergy = {
  workloads: [[workload, { isolated: draw, streaming: twice, cycles: 10, outputBits: 170 }]],
  check: undefined,
};

describe("the results of a netlist", () => {
  test("at the frequency that the draw is stated for are the draw", () => {
    const [result] = resultsOf(entry, energy, [1000]);
    expect(result).toMatchObject({
      workload: "dense",
      atMHz: 1000,
      power: { leakageUw: 6, internalUw: 28, switchingUw: 18, totalUw: 52 },
      shares: { registersUw: 30, combinationalUw: 14, clockGatesUw: 3, clockNetUw: 5 },
    });
  });

  test("have the energy of exactly the vector's cycles", () => {
    const [result] = resultsOf(entry, energy, [1000]);
    expect(result?.energyPerVectorNj).toBeCloseTo(52e-6 * 129, 12);
    expect(result?.energyPerElementPj).toBeCloseTo((52e-6 * 129 * 1000) / 1024, 7);
    expect(result?.streaming).toEqual({ cyclesPerVector: 128, totalUw: 104, energyPerElementPj: 0.013 });
  });

  test("at another frequency keep what leaks and scale the rest", () => {
    const [fast, slow] = resultsOf(entry, energy, [2000, 100]);
    expect(fast?.power).toEqual({ leakageUw: 6, internalUw: 56, switchingUw: 36, totalUw: 98 });
    expect(slow?.power).toEqual({ leakageUw: 6, internalUw: 2.8, switchingUw: 1.8, totalUw: 10.6 });
    expect([fast?.atMHz, slow?.atMHz]).toEqual([2000, 100]);
  });

  test("say where they come from and what was compared", () => {
    expect(provenanceOf(energy)).toEqual({
      activity: {
        workloads: [
          {
            name: "dense",
            description: workload.description,
            seed: 7,
            sha256: workload.hash,
            vectors: 32,
            notPositiveScores: expect.any(Number) as number,
            notPositiveSums: 0,
            equivalence: { cycles: 10, outputBits: 170, mismatches: 0 },
          },
        ],
      },
    });
  });

  test("show beside OpenSTA's figures which of them can agree", () => {
    const shares = { internalW: 4e-6, switchingW: 2e-6, leakageW: 1e-6 };
    const checkOf = (internalCounted: 1 | 2): unknown =>
      provenanceOf({
        ...energy,
        check: { workload: "dense", atMHz: 100, openSta: { version: "v", ...shares, internalCounted }, ours: shares },
      }).powerCheck;
    const figures = { leakageUw: 1, internalUw: 4, switchingUw: 2 };
    expect(checkOf(2)).toEqual({
      version: "v",
      workload: "dense",
      atMHz: 100,
      openSta: figures,
      ours: figures,
      comparable: ["switching"],
    });
    expect(checkOf(1)).toMatchObject({ comparable: ["leakage", "internal", "switching"] });
  });
});
