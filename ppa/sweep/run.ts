import { basename } from "node:path";
import { buildDesign, resolveSpec } from "../../gen/design.ts";
import { units as knownUnits } from "../../gen/families/index.ts";
import { runJobs } from "../../gen/host/jobs.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { coreOf, type Design } from "../design.ts";
import { measure, type FlowOptions } from "../flow.ts";
import type { Report } from "../report/schema.ts";
import { sweptReport, writeSweep, type Sweep, type SweepPoint } from "../report/sweep.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Technology } from "../tech/technology.ts";
import type { WorkloadRequest } from "../workload/workload.ts";
import { placesOf, requestAt, type Axis, type Place } from "./axes.ts";

export interface SweepOptions {
  /** Names of units, not of modules: the generators make each design anew. */
  readonly units: readonly string[];
  readonly axes: readonly Axis[];
  /** What the netlists work on, where no axis says it. */
  readonly workloads: readonly WorkloadRequest[];
  readonly reportFolder: string;
  /** Other options of the command line that the figures depend on, as it takes them. */
  readonly conditions: readonly string[];
}

/** A design of a sweep, and the places that it stands at: all values of the workload's axis. */
interface Stop {
  readonly design: Design;
  readonly places: readonly Place[];
}

/**
 * Generates and measures every combination of the axes' values, and writes one file for each technology. Equal designs are measured
 * once. Sweeps have no part in `rtl/`.
 * @throws UserError for a combination that the generators refuse, before anything is measured
 */
export async function runSweep(
  flow: FlowOptions,
  technologies: readonly PreparedTechnology[],
  options: SweepOptions,
): Promise<void> {
  const stops = stopsOf(options);
  const requests = workloadsOf(options);
  const measured = new Map<string, Report>();
  const key = (technology: PreparedTechnology, { design }: Stop): string =>
    `${technology.technology.name} ${design.name}`;
  await runJobs(
    technologies.flatMap((technology) =>
      stops.map((stop) => ({
        title: key(technology, stop),
        run: async (progress) => {
          const report = await measure(flow, stop.design, technology, requests, progress);
          measured.set(key(technology, stop), report);
          return report;
        },
        describe: ({ fmaxMHz, areaUm2 }: Report) => `${key(technology, stop)}: ${fmaxMHz} MHz, ${areaUm2} µm²`,
      })),
    ),
    Infinity,
  );
  for (const technology of technologies) {
    const points = stops.flatMap((stop) => {
      const report = measured.get(key(technology, stop));
      return report === undefined ? [] : stop.places.map((place) => pointAt(place, report));
    });
    writeSweep(options.reportFolder, sweepOf(technology.technology, options, points));
  }
}

function stopsOf({ units, axes }: SweepOptions): readonly Stop[] {
  if (units.length === 0) {
    throw new UserError(`--sweep needs --unit, one or more of ${knownUnits.join(", ")}; say what is to be varied`);
  }
  const repeated = axes.find(({ name }, i) => axes.findIndex((other) => other.name === name) !== i);
  if (repeated !== undefined) {
    throw new UserError(`--sweep ${repeated.name} is given twice; put all its values into one`);
  }
  const places = placesOf(axes);
  const stops = new Map<string, { design: Design; places: Place[] }>();
  for (const unit of units) {
    for (const place of places) {
      const design = coreOf(buildDesign(resolveSpec(requestAt(unit, place))));
      const stop = stops.get(design.name) ?? { design, places: [] };
      stop.places.push(place);
      stops.set(design.name, stop);
    }
  }
  return [...stops.values()];
}

function workloadsOf({ axes, workloads }: SweepOptions): readonly WorkloadRequest[] {
  const sparsity = axes.find(({ name }) => name === "sparsity");
  return sparsity?.values.map((percent) => ({ kind: "sparsity", percent: sparsityOf(percent) })) ?? workloads;
}

function sparsityOf(value: number | string): number {
  const percent = Number(value);
  if (percent <= 100) return percent;
  throw new UserError(`a sparsity of ${percent} is not possible; use 0 to 100, in percent`);
}

/** A report at a place: of the workload's axis, what was measured with the place's value. */
function pointAt(place: Place, measured: Report): SweepPoint {
  const report = sweptReport(measured);
  const axes = Object.fromEntries(place);
  const percent = place.get("sparsity");
  if (percent === undefined || report.results === undefined || report.activity === undefined) return { axes, report };
  const name = `sparsity:${percent}`;
  const { powerCheck, ...others } = report;
  return {
    axes,
    report: {
      ...others,
      results: report.results.filter(({ workload }) => workload === name),
      activity: {
        ...report.activity,
        workloads: report.activity.workloads.filter((workload) => workload.name === name),
      },
      ...(powerCheck?.workload === name ? { powerCheck } : {}),
    },
  };
}

function sweepOf(
  { name: tech, sources }: Technology,
  { units, axes, conditions }: SweepOptions,
  points: readonly SweepPoint[],
): Sweep {
  const library =
    sources.kind === "given" ? sources.files.map((path) => `--liberty ${basename(path)}`).join(" ") : `--tech ${tech}`;
  const varied = axes.map(({ text }) => `--sweep ${text}`).join(" ");
  return {
    name: [tech, ...units, ...axes.map(({ text }) => text), ...conditions]
      .join("-")
      .replaceAll(",", "_")
      .replaceAll(":", "by")
      .replace(/[^\w.-]+/g, ""),
    tech,
    command: ["npm run ppa --", `--unit ${units.join(",")}`, varied, library, ...conditions].join(" "),
    axes: axes.map(({ name, values }) => ({ name, values: [...values] })),
    points: [...points],
  };
}
