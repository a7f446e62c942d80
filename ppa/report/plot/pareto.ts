import type { Report } from "../schema.ts";
import { isPlain } from "../results.ts";
import { comparedUnits } from "../units.ts";
import type { Plot } from "./plot.ts";
import { frontSpec, type FrontPoint } from "./front.ts";

/** The netlists that no other of the same unit beats in area and speed, for the catalogue's units. */
export function paretoPlot(tech: string, reports: readonly Report[]): Plot | undefined {
  const points = comparedUnits.flatMap(({ unit, title }): FrontPoint[] => {
    const report = reports.find(
      (candidate) => candidate.tech === tech && candidate.unit === unit && isPlain(candidate),
    );
    return (report?.pareto ?? []).map(({ fmaxMHz, areaUm2 }) => ({ series: title, x: fmaxMHz, y: areaUm2, label: "" }));
  });
  if (points.length === 0) return undefined;
  return {
    name: `pareto-${tech}`,
    title: `Area against frequency, ${tech}`,
    description:
      "netlists of each unit that no other one beats in both; lower and further right is better; both axes logarithmic.",
    spec: frontSpec(points, { x: "Frequency (MHz)", y: "Area (µm²)", yScale: "log" }),
  };
}
