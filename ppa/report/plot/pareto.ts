import { plainReport } from "../results.ts";
import type { Report } from "../schema.ts";
import { comparedDesigns, designTitle } from "../../families/index.ts";
import { frontSpec } from "./front.ts";
import type { Plot } from "./plot.ts";
import { unitScale } from "./theme.ts";

/** The netlists that no other of the same unit beats in area and speed, for the catalogue's units. */
export function paretoPlot(tech: string, reports: readonly Report[]): Plot | undefined {
  const shown = comparedDesigns.flatMap(({ design }) => plainReport(reports, tech, design) ?? []);
  if (shown.length === 0) return undefined;
  const points = shown.flatMap(({ unit, pareto }) =>
    pareto.map(({ fmaxMHz, areaUm2 }) => ({ series: designTitle(unit), x: fmaxMHz, y: areaUm2, label: "" })),
  );
  return {
    name: `pareto-${tech}`,
    title: `Area against frequency, ${tech}`,
    description:
      "netlists of each unit that no other one beats in both; lower and further right is better; both axes logarithmic.",
    spec: frontSpec(points, {
      x: "Frequency (MHz)",
      y: "Area (µm²)",
      yScale: "log",
      scale: unitScale(shown.map(({ unit }) => unit)),
    }),
  };
}
