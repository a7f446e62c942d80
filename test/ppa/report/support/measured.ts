import type { Report, Result } from "../../../../ppa/report/schema.ts";
import { sweptReport, type Sweep } from "../../../../ppa/report/sweep.ts";
import { standardWorkloads } from "../../../../ppa/workload/workload.ts";
import { someReport } from "../../support/report.ts";

/** A result whose parts add up: so much power over the cycles of a vector, and 0.8 of the energy when streaming. */
export function someResult(changes: { workload?: string; atMHz: number; totalUw: number; cycles?: number }): Result {
  const { workload = "attention", atMHz, totalUw, cycles = 129 } = changes;
  const energyPerVectorNj = (totalUw * cycles) / atMHz / 1e3;
  const beats = Math.min(cycles, 128);
  return {
    workload,
    atMHz,
    power: { leakageUw: totalUw * 0.1, internalUw: totalUw * 0.5, switchingUw: totalUw * 0.4, totalUw },
    shares: {
      registersUw: totalUw * 0.3,
      combinationalUw: totalUw * 0.5,
      clockGatesUw: 0,
      clockNetUw: totalUw * 0.2,
    },
    energyPerVectorNj,
    energyPerElementPj: (energyPerVectorNj * 1000) / 1024,
    streaming: { cyclesPerVector: beats, totalUw: totalUw * 1.1, energyPerElementPj: (energyPerVectorNj * 800) / 1024 },
  };
}

/** A report with results of `attention` and `uniform`, at its fmax and at 100 MHz, from a power in microwatts for each megahertz. */
export function measuredReport(uwPerMHz: number, changes: Partial<Report> = {}): Report {
  const report = someReport(changes);
  const cycles = report.cyclesPerVector;
  const results = [report.fmaxMHz, 100].flatMap((atMHz) => [
    someResult({ atMHz, totalUw: uwPerMHz * atMHz, cycles }),
    someResult({ workload: "uniform", atMHz, totalUw: uwPerMHz * atMHz * 2, cycles }),
  ]);
  return {
    ...report,
    libertySha256: "cd",
    criticalPathRtl: ["score_i[15]", "u_lane.score_q[3]", "~sum[7]", "prob_o[0]"],
    wireFfPerFanout: 0,
    clockTransitionPs: 20,
    commonMHz: 100,
    results,
    activity: {
      workloads: standardWorkloads.map((name) => ({
        name,
        description: `What ${name} draws <from>.`,
        seed: 1,
        sha256: `hash of ${name}`,
        vectors: 32,
        notPositiveScores: 0.85,
        notPositiveSums: 0.989,
        equivalence: { cycles: 4224, outputBits: 540672, mismatches: 0 },
      })),
    },
    powerCheck: {
      version: "2.0.17",
      workload: "attention",
      atMHz: report.fmaxMHz,
      openSta: { leakageUw: 1, internalUw: 2, switchingUw: 3 },
      ours: { leakageUw: 1, internalUw: 1, switchingUw: 3 },
      comparable: ["switching"],
    },
    ...changes,
  };
}

/** The five units that stand beside the papers', measured in one technology. */
export function measuredUnits(tech: string): readonly Report[] {
  const unit = (name: string, uwPerMHz: number, fmaxMHz: number, areaUm2: number, cyclesPerVector: number): Report =>
    measuredReport(uwPerMHz, {
      tech,
      unit: name,
      fmaxMHz,
      areaUm2,
      cyclesPerVector,
      latencyNs: (cyclesPerVector * 1000) / fmaxMHz,
      pareto: [0.6, 0.8, 1].map((speed) => ({
        recipe: "lut-map",
        targetPeriodPs: 1,
        fmaxMHz: fmaxMHz * speed,
        areaUm2: areaUm2 * (0.5 + 0.5 * speed ** 2),
      })),
    });
  return [
    unit("fire_relu_bf16_x8", 4, 600, 57369, 132),
    unit("flare_bf16_x8", 1.8, 590, 61433, 132),
    unit("relu_bf16_x8", 0.25, 2469, 3402, 129),
    unit("softmax_bf16_x1", 6, 431, 35771, 2055),
    unit("softmax_bf16_x8", 40, 373, 206158, 268),
  ];
}

export function stagesAndLanes(tech = "sky130hd"): Sweep {
  const stages = [0, 1, 2, 3, 4];
  const lanes = [1, 2, 4, 8];
  return {
    name: `flare-stages-lanes-${tech}`,
    tech,
    command: `npm run ppa -- --unit flare --sweep stages=0..4 --sweep lanes=1,2,4,8 --tech ${tech}`,
    axes: [
      { name: "stages", values: stages },
      { name: "lanes", values: lanes },
    ],
    points: lanes.flatMap((l) =>
      stages.map((s) => ({
        axes: { stages: s, lanes: l },
        report: sweptReport(
          measuredReport(0.3 * l * (1 + s / 8), {
            tech,
            unit: `flare_bf16_x${l}_s${s}`,
            fmaxMHz: 150 + 110 * s,
            areaUm2: 7000 * l * (1 + s / 20),
          }),
        ),
      })),
    ),
  };
}

/** FIRE+ReLU and FLARE from 0 to 100 %: at the top FLARE takes four tenths. */
export function sparsitySweep(tech = "sky130hd"): Sweep {
  const values = [0, 25, 50, 75, 90, 98.9, 100];
  const units: readonly (readonly [string, (percent: number) => number])[] = [
    ["fire_relu_bf16_x8", (percent) => 40 - percent * 0.1],
    ["flare_bf16_x8", (percent) => 42 - percent * 0.3],
  ];
  return {
    name: `sparsity-${tech}`,
    tech,
    command: `npm run ppa -- --unit flare --unit fire_relu --sweep sparsity=0,25,50,75,90,98.9,100 --tech ${tech}`,
    axes: [{ name: "sparsity", values }],
    points: units.flatMap(([unit, power]) =>
      values.map((percent) => ({
        axes: { sparsity: percent },
        report: sweptReport(
          someReport({
            tech,
            unit,
            commonMHz: 100,
            results: [someResult({ workload: `sparsity:${percent}`, atMHz: 100, totalUw: power(percent) * 10 })],
          }),
        ),
      })),
    ),
  };
}
