import type { FoundTool } from "../../gen/host/tool.ts";
import type { NamedPath } from "../names/name-path.ts";
import type { Design } from "../design.ts";
import type { DesignEnergy, NoEnergy } from "../energy/measure.ts";
import { provenanceOf, resultsOf } from "./energy.ts";
import { trialName, type Candidate } from "../search/candidate.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { cyclesOf } from "../workload/drive.ts";
import { vectorElements } from "../workload/vectors.ts";
import { yosysVersion } from "../../gen/host/yosys.ts";
import type { Report } from "./schema.ts";

/** What a report is made from. */
export interface Outcome {
  readonly design: Design;
  readonly technology: PreparedTechnology;
  readonly sta: FoundTool;
  readonly targetMHz: number | undefined;
  readonly chosen: Candidate;
  readonly front: readonly Candidate[];
  readonly path: NamedPath;
  readonly energy: DesignEnergy | NoEnergy;
}

/** The report of a search's outcome: the figures rounded so that none claims more than was measured. */
export function makeReport(outcome: Outcome): Report {
  const { design, technology, chosen } = outcome;
  const { name, corner, drivingCell, outputLoadFf, clockTransitionPs } = technology.technology;
  const clockPeriodPs = roundUp(chosen.periodPs, 2);
  const fmaxMHz = frequency(clockPeriodPs);
  const cycles = cyclesOf(design.entry, "isolated");
  const sequential = Object.entries(chosen.cells).filter(([cell]) => technology.cells.get(cell)?.storage !== "none");
  const flipFlops = sequential.filter(([cell]) => technology.cells.get(cell)?.storage === "flipFlop");
  const area = (cells: readonly (readonly [string, number])[]): number =>
    cells.reduce((sum, [cell, count]) => sum + (technology.cells.get(cell)?.area ?? NaN) * count, 0);
  return {
    unit: design.name,
    tech: name,
    corner,
    tools: { yosys: yosysVersion(), sta: outcome.sta.version },
    libertySha256: technology.libertyHash,
    specHash: design.entry.specHash,
    ...(outcome.targetMHz === undefined ? {} : { targetMHz: outcome.targetMHz }),
    recipe: trialName(chosen.trial),
    drivingCell,
    outputLoadFf,
    wireFfPerFanout: technology.wireFfPerFanout,
    clockTransitionPs,
    clockPeriodPs,
    fmaxMHz,
    areaUm2: round(area(Object.entries(chosen.cells)), 3),
    areaSequentialUm2: round(area(sequential), 3),
    cells: count(Object.entries(chosen.cells)),
    flipFlops: count(flipFlops),
    criticalPath: outcome.path.points.map((point) => ({
      ...point,
      delayPs: round(point.delayPs, 2),
      arrivalPs: round(point.arrivalPs, 2),
    })),
    criticalPathRtl: [...outcome.path.criticalPathRtl],
    elements: vectorElements,
    cyclesPerVector: cycles,
    latencyNs: round((cycles * 1000) / fmaxMHz, 3),
    pareto: outcome.front.map((candidate) => ({
      recipe: trialName(candidate.trial),
      targetPeriodPs: candidate.trial.targetPs,
      fmaxMHz: frequency(roundUp(candidate.periodPs, 2)),
      areaUm2: round(candidate.areaUm2, 3),
    })),
    ...energyFields(outcome, fmaxMHz),
  };
}

/** Power and energy at fmax, then at the frequencies asked for that the design reaches; or why there are none. */
function energyFields({ design, technology, targetMHz, energy }: Outcome, fmaxMHz: number): Partial<Report> {
  if ("refused" in energy) return { powerRefused: energy.refused };
  const { commonMHz } = technology.technology;
  const slower = [...(targetMHz === undefined ? [] : [targetMHz]), commonMHz].filter((atMHz) => atMHz < fmaxMHz);
  return {
    commonMHz,
    results: resultsOf(design.entry, energy, [...new Set([fmaxMHz, ...slower])]),
    ...provenanceOf(energy),
  };
}

function count(cells: readonly (readonly [string, number])[]): number {
  return cells.reduce((sum, [, instances]) => sum + instances, 0);
}

/** Megahertz of a period in picoseconds, rounded down to two places. */
function frequency(periodPs: number): number {
  return Math.floor(1e8 / periodPs) / 100;
}

function roundUp(value: number, places: number): number {
  const scale = 10 ** places;
  return Math.ceil(Number((value * scale).toFixed(3))) / scale;
}

function round(value: number, places: number): number {
  return Number(value.toFixed(places));
}
