import { reportName } from "./files.ts";
import { fusion } from "../families/index.ts";
import { fusionRows } from "./fusion.ts";
import type { Report } from "./schema.ts";

/** A number that shall not get worse. */
export interface RatchetMetric {
  readonly value: number;
  readonly better: "lower" | "higher";
}

/**
 * What the ratchet holds: of each report frequency, area and latency, and energy on each workload at the common frequency (at fmax it
 * would punish a faster netlist); and how much the fusion saves. Named `<tech>/<report>/<metric>`.
 */
export function metricsOf(reports: readonly Report[]): ReadonlyMap<string, RatchetMetric> {
  const ofReports = reports.flatMap((report) => {
    const prefix = `${report.tech}/${reportName(report)}`;
    return [
      // The smallest netlist for a frequency need not be faster than that.
      ...(report.targetMHz === undefined ? [entry(`${prefix}/fmaxMHz`, report.fmaxMHz, "higher")] : []),
      entry(`${prefix}/areaUm2`, report.areaUm2, "lower"),
      entry(`${prefix}/cyclesPerVector`, report.cyclesPerVector, "lower"),
      ...energies(prefix, report),
    ];
  });
  const saved = fusionRows(reports).map(({ tech, workload, ratio }) =>
    entry(`${tech}/${fusion.fused}:${fusion.unfused}/energyPerElement,${workload}`, ratio, "lower"),
  );
  return new Map([...ofReports, ...saved]);
}

type Entry = readonly [string, RatchetMetric];

const entry = (name: string, value: number, better: RatchetMetric["better"]): Entry => [name, { value, better }];

function energies(prefix: string, report: Report): readonly Entry[] {
  return (report.results ?? [])
    .filter(({ atMHz }) => atMHz === report.commonMHz)
    .map(({ atMHz, workload, energyPerElementPj }) =>
      entry(`${prefix}/energyPerElementPj@${atMHz}MHz,${workload}`, energyPerElementPj, "lower"),
    );
}
