import { z } from "zod";

/** A place that the worst path passes, and when the signal is there. */
export const pathPointSchema = z.object({
  /** The signal where it has a name in the RTL, else the instance's pin. */
  point: z.string(),
  /** The library cell whose output (or, at the end, input) this is; the port's direction at a port. */
  cell: z.string(),
  edge: z.enum(["rise", "fall"]),
  /** Picoseconds from the point before. */
  delayPs: z.number(),
  /** Picoseconds from the launching clock edge. */
  arrivalPs: z.number(),
  /** The signal of the RTL that this is (`~` its inverse), or `between` the last one and the next one on the path. */
  rtl: z.string().optional(),
});
export type PathPoint = z.infer<typeof pathPointSchema>;

/** Delay, arrival, edge, pin and cell, as in `  16.3890  1.2034 ^ _12_/Y (NAND2X1)`. */
const pointLine = /^\s*(-?[\d.]+)\s+(-?[\d.]+) ([\^v]) (\S+) \((\S+)\)$/;

/** The net of the point before it, after its fanout: `  4   score_q[3] (net)`. */
const netLine = /^\s*(?:\d+\s+)?(\S+) \(net\)$/;

/**
 * The points of the first path in the output of `report_checks -fields {fanout net}`, up to where its data arrive.
 * Yosys' own numbered names (`_0123_`) say nothing to a reader; the pin stands in their place.
 */
export function parsePath(report: string): PathPoint[] {
  const points: PathPoint[] = [];
  for (const line of report.split("\n")) {
    if (line.includes("data arrival time")) break;
    const found = pointLine.exec(line);
    if (found !== null) {
      const [, delay = "", arrival = "", edge = "", pin = "", cell = ""] = found;
      points.push({
        point: plain(pin),
        cell,
        edge: edge === "^" ? "rise" : "fall",
        delayPs: Number(delay),
        arrivalPs: Number(arrival),
      });
      continue;
    }
    const net = netLine.exec(line)?.[1];
    const last = points.at(-1);
    if (net !== undefined && last !== undefined && !/^_\d+_/.test(plain(net))) {
      points[points.length - 1] = { ...last, point: plain(net) };
    }
  }
  return points;
}

/** A name without the backslashes that escape its brackets. */
function plain(name: string): string {
  return name.replaceAll("\\", "");
}
