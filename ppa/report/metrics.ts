import { figure } from "../../gen/host/markdown.ts";
import type { Metric } from "./papers.ts";
import type { Report } from "./schema.ts";

/** Stands where there is no figure. */
export const notGiven = "—";

/** What a table calls the metric. */
export function metricTitle(metric: Metric): string {
  switch (metric) {
    case "frequencyMHz":
      return "Frequency (MHz)";
    case "areaMm2":
      return "Area (mm²)";
    case "areaUm2":
      return "Area (µm²)";
    case "powerMw":
      return "Power (mW)";
    case "powerUw":
      return "Power (µW)";
    case "energyPerCyclePj":
      return "Energy per cycle (pJ)";
    case "energyNj":
      return "Energy per 1,024 elements (nJ)";
    case "latencyNs":
      return "Latency of 1,024 elements (ns)";
    case "cycles":
      return "Cycles for 1,024 elements";
    default:
      return metric satisfies never;
  }
}

/** What a report says of the metric, in the metric's unit; undefined where it does not say. */
export function metricValue(metric: Metric, report: Report): number | undefined {
  switch (metric) {
    case "frequencyMHz":
      return report.fmaxMHz;
    case "areaMm2":
      return report.areaUm2 / 1e6;
    case "areaUm2":
      return report.areaUm2;
    case "latencyNs":
      return report.latencyNs;
    case "cycles":
      return report.cyclesPerVector;
    case "powerMw":
    case "powerUw":
    case "energyPerCyclePj":
    case "energyNj":
      return undefined;
    default:
      return metric satisfies never;
  }
}

/** A report's value as a table shows it: cycles are counted, the rest is measured. */
export function metricText(metric: Metric, report: Report): string {
  const value = metricValue(metric, report);
  if (value === undefined) return notGiven;
  return metric === "cycles" ? String(value) : figure(value);
}

/** What a table of ratios calls the metric where softmax stands above another unit; undefined where a ratio says nothing. */
export function ratioTitle(metric: Metric): string | undefined {
  switch (metric) {
    case "frequencyMHz":
      return "Frequency, times lower";
    case "areaMm2":
    case "areaUm2":
      return "Area, times larger";
    case "energyPerCyclePj":
      return "Energy per cycle, times higher";
    case "energyNj":
      return "Energy per 1,024 elements, times higher";
    case "latencyNs":
      return "Latency of 1,024 elements, times longer";
    // Power is drawn at different frequencies, and cycles last differently long: energy and latency say it.
    case "powerMw":
    case "powerUw":
    case "cycles":
      return undefined;
    default:
      return metric satisfies never;
  }
}

/** How many times worse softmax is than the other. */
export function ratioText(metric: Metric, softmax: number | undefined, other: number | undefined): string {
  if (softmax === undefined || other === undefined) return notGiven;
  return figure(metric === "frequencyMHz" ? other / softmax : softmax / other);
}
