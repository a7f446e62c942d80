import { figure } from "../../gen/host/markdown.ts";
import type { Metric } from "../families/papers.ts";
import { quotient, resultAtFmax, type Measured } from "./results.ts";

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

/**
 * What a report says of the metric, in the metric's unit; undefined where it does not say. Power and energy are those of the
 * headline workload at fmax.
 */
export function metricValue(metric: Metric, report: Measured): number | undefined {
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
      return quotient(resultAtFmax(report)?.power.totalUw, 1000);
    case "powerUw":
      return resultAtFmax(report)?.power.totalUw;
    case "energyPerCyclePj":
      // Microwatts by megahertz are picojoules.
      return quotient(resultAtFmax(report)?.power.totalUw, report.fmaxMHz);
    case "energyNj":
      return resultAtFmax(report)?.energyPerVectorNj;
    default:
      return metric satisfies never;
  }
}

/** A report's value as a table shows it: cycles are counted, the rest is measured. */
export function metricText(metric: Metric, report: Measured): string {
  const value = metricValue(metric, report);
  return metric === "cycles" && value !== undefined ? String(value) : figureText(value);
}

/** A figure, or the dash that stands where there is none. */
export function figureText(value: number | undefined): string {
  return value === undefined ? notGiven : figure(value);
}

/** What a table of ratios calls the metric if softmax is above another unit; undefined where a ratio says nothing. */
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
export function ratioValue(metric: Metric, above: number | undefined, by: number | undefined): number | undefined {
  return metric === "frequencyMHz" ? quotient(by, above) : quotient(above, by);
}
