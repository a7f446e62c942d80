import type { FoundTool } from "../../gen/host/tool.ts";
import type { NamedPath } from "../names/name-path.ts";
import type { DesignEnergy, NoEnergy } from "../energy/measure.ts";
import { provenanceOf, resultsOf } from "./energy.ts";
import { areaOf } from "../netlist/assemble.ts";
import type { SearchResult } from "../search/find.ts";
import { trialName } from "../search/timed.ts";
import { cyclesOf } from "../workload/drive.ts";
import { vectorElements } from "../workload/vectors.ts";
import { yosysVersion } from "../../gen/host/yosys.ts";
import type { Report } from "./schema.ts";

/** What a report is made from. */
export interface Outcome extends SearchResult {
  readonly sta: FoundTool;
  readonly targetMHz: number | undefined;
  readonly path: NamedPath;
  readonly energy: DesignEnergy | NoEnergy;
}

/** The report of a search's outcome: the figures rounded so that none claims more than was measured. */
export function makeReport(outcome: Outcome): Report {
  const { chosen } = outcome;
  const { design, technology } = chosen.netlist;
  const { name, corner, drivingCell, outputLoadFf, clockTransitionPs } = technology.technology;
  const clockPeriodPs = roundUp(chosen.periodPs, 2);
  const fmaxMHz = frequency(clockPeriodPs);
  const cycles = cyclesOf(design.entry, "isolated");
  const sequential = Object.entries(chosen.cells).filter(([cell]) => technology.cells.get(cell)?.storage !== "none");
  const flipFlops = sequential.filter(([cell]) => technology.cells.get(cell)?.storage === "flipFlop");
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
    areaUm2: round(chosen.areaUm2, 3),
    areaSequentialUm2: round(areaOf(technology, Object.fromEntries(sequential)), 3),
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
    pareto: outcome.front.map(({ recipe, targetPs, periodPs, areaUm2 }) => ({
      recipe,
      targetPeriodPs: targetPs,
      fmaxMHz: frequency(roundUp(periodPs, 2)),
      areaUm2: round(areaUm2, 3),
    })),
    ...energyFields(outcome, fmaxMHz),
  };
}

/** Power and energy at fmax, then at the frequencies asked for that the design reaches; or why there are none. */
function energyFields({ chosen, targetMHz, energy }: Outcome, fmaxMHz: number): Partial<Report> {
  if ("refused" in energy) return { powerRefused: energy.refused };
  const { design, technology } = chosen.netlist;
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
