import type { ModuleEntry } from "../../gen/manifest.ts";
import { totalW, type PowerShares } from "../power/report.ts";
import type { Report, Result } from "./schema.ts";
import { cyclesOf } from "../workload/drive.ts";
import { vectorElements } from "../workload/vectors.ts";
import type { DesignEnergy, PowerCheck } from "../energy/measure.ts";
import { cellsOf, drawAt, type Draw, type WorkloadEnergy } from "../energy/model.ts";

/** What reports say of workloads and of what was compared, and OpenSTA's own figures. */
export function provenanceOf({ workloads, check }: DesignEnergy): Pick<Report, "activity" | "powerCheck"> {
  return {
    activity: {
      workloads: workloads.map(([{ name, description, seed, hash, count, notPositive }, { cycles, outputBits }]) => ({
        name,
        description,
        ...(seed === undefined ? {} : { seed }),
        sha256: hash,
        vectors: count,
        notPositiveScores: figures(notPositive.scores),
        ...(notPositive.sums === undefined ? {} : { notPositiveSums: figures(notPositive.sums) }),
        equivalence: { cycles, outputBits, mismatches: 0 },
      })),
    },
    ...(check === undefined ? {} : { powerCheck: checkOf(check) }),
  };
}

function checkOf({ workload, atMHz, openSta, ours }: PowerCheck): Report["powerCheck"] {
  const shares = ({ leakageW, internalW, switchingW }: PowerShares): PowerFigures => ({
    leakageUw: microwatts(leakageW),
    internalUw: microwatts(internalW),
    switchingUw: microwatts(switchingW),
  });
  const comparable =
    openSta.internalCounted === 1 ? (["leakage", "internal", "switching"] as const) : (["switching"] as const);
  return {
    version: openSta.version,
    workload,
    atMHz,
    openSta: shares(openSta),
    ours: shares(ours),
    comparable: [...comparable],
  };
}

type PowerFigures = NonNullable<Report["powerCheck"]>["ours"];

/** One entry for each workload at each frequency, the frequencies in the order given. */
export function resultsOf(entry: ModuleEntry, { workloads }: DesignEnergy, frequencies: readonly number[]): Result[] {
  return frequencies.flatMap((atMHz) => workloads.map(([{ name }, energy]) => resultOf(entry, name, energy, atMHz)));
}

function resultOf(entry: ModuleEntry, workload: string, energy: WorkloadEnergy, atMHz: number): Result {
  const [isolated, streaming] = [drawAt(energy.isolated, 1e6 / atMHz), drawAt(energy.streaming, 1e6 / atMHz)];
  const { internalW, switchingW, leakageW } = cellsOf(isolated);
  const [isolatedW, streamingW] = [total(isolated), total(streaming)];
  const streamingCycles = cyclesOf(entry, "streaming");
  const vectorNj = (isolatedW * cyclesOf(entry, "isolated") * 1e3) / atMHz;
  const streamedNj = (streamingW * streamingCycles * 1e3) / atMHz;
  return {
    workload,
    atMHz,
    power: {
      leakageUw: microwatts(leakageW),
      internalUw: microwatts(internalW),
      switchingUw: microwatts(switchingW + isolated.clockNetworkW),
      totalUw: microwatts(isolatedW),
    },
    shares: {
      registersUw: microwatts(totalW(isolated.registers)),
      combinationalUw: microwatts(totalW(isolated.combinational)),
      clockGatesUw: microwatts(totalW(isolated.clockGates)),
      clockNetUw: microwatts(isolated.clockNetworkW),
    },
    energyPerVectorNj: figures(vectorNj),
    energyPerElementPj: figures((1e3 * vectorNj) / vectorElements),
    streaming: {
      cyclesPerVector: streamingCycles,
      totalUw: microwatts(streamingW),
      energyPerElementPj: figures((1e3 * streamedNj) / vectorElements),
    },
  };
}

const total = (draw: Draw): number => totalW(cellsOf(draw)) + draw.clockNetworkW;

const microwatts = (watts: number): number => figures(1e6 * watts);

/** Rounded to six significant digits. */
const figures = (value: number): number => Number(value.toPrecision(6));
