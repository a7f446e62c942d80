import type { FoundTool } from "../../gen/host/tool.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { loadTcl, type ElectricalJob } from "../sta/electrical.ts";
import { runSta } from "../sta/run.ts";
import type { Netlist } from "../netlist/netlist.ts";
import { printNetlist } from "../netlist/print.ts";

/** Delays of a netlist in one corner. */
export interface Delays {
  readonly cells: readonly CellDelays[];
  /** From an input's edge, through its driving cell, to what it drives: picoseconds by port. */
  readonly inputs: ReadonlyMap<string, EdgeDelays>;
}

/** Of one instance. */
export interface CellDelays {
  readonly instance: string;
  readonly cell: string;
  readonly arcs: readonly (EdgeDelays & { readonly from: string; readonly to: string })[];
}

/** Until an output's rising and falling edge. */
export interface EdgeDelays {
  readonly risePs: number;
  readonly fallPs: number;
}

/**
 * Has OpenSTA write the delays of a netlist whose names are plain (`numbered`).
 * @throws UserError when the tool fails or leaves delays out
 */
export async function readDelays(tool: FoundTool, job: ElectricalJob): Promise<Delays> {
  const purpose = `writing the delays of ${job.netlist.name}`;
  const script = [
    loadTcl(job),
    "write_sdf -digits 6 -no_timestamp -no_version delays.sdf",
    "set file [open delays.sdf]",
    'puts "@@ sdf"',
    "puts [read $file]",
    'puts "@@ end"',
    "close $file",
  ].join("\n");
  const files = { "netlist.v": printNetlist(job.netlist) };
  const printed = await runSta(tool, { ...job, script, files, purpose });
  const text = printed.split("@@ sdf\n")[1]?.split("@@ end\n")[0];
  if (text === undefined) throw new UserError(`OpenSTA printed no delays while ${purpose}; run it again`);
  const delays = parseSdf(text);
  return { ...delays, cells: withoutConstants(delays.cells, job.netlist) };
}

/** Nothing comes through a pin that is tied to a constant, and Icarus drops its paths from the model. */
function withoutConstants(cells: readonly CellDelays[], { instances }: Netlist): readonly CellDelays[] {
  const pinsOf = new Map(instances.map(({ name, pins }) => [name, pins]));
  return cells.map((cell) => ({
    ...cell,
    arcs: cell.arcs.filter(({ from }) => pinsOf.get(cell.instance)?.get(from)?.kind !== "constant"),
  }));
}

/**
 * What of OpenSTA's SDF a simulation of glitches needs: of `(min::max)` the maximum, which setup checks use. Timing checks and the
 * wires, which have no delay, are left out; so are arcs without a delay (OpenSTA times no asynchronous ones), whose models keep their own.
 */
export function parseSdf(text: string): Delays {
  const inputs = new Map<string, EdgeDelays>();
  const cells = new Map<string, CellDelays & { arcs: CellDelays["arcs"][number][] }>();
  let [cell, instance] = ["", ""];
  for (const line of text.split("\n")) {
    cell = /^\s*\(CELLTYPE "(\S+)"\)$/.exec(line)?.[1] ?? cell;
    instance = /^\s*\(INSTANCE(?: (\S+))?\)$/.exec(line)?.[1] ?? instance;
    const [, kind, from = "", to = "", rise = "", fall] = arcLine.exec(line) ?? [];
    const [risePs, fallPs] = [maximumPs(rise), maximumPs(fall ?? rise)];
    if (kind === undefined || risePs === undefined || fallPs === undefined) continue;
    if (kind === "INTERCONNECT") {
      if (!from.includes("/")) inputs.set(from, { risePs, fallPs });
      continue;
    }
    const delays = cells.get(instance) ?? { instance, cell, arcs: [] };
    delays.arcs.push({ from, to, risePs, fallPs });
    cells.set(instance, delays);
  }
  return { cells: [...cells.values()], inputs };
}

/** SDF of so little of the language that every version of Icarus takes it; `pathOf` finds an instance below the scope annotated. */
export function printSdf(cells: readonly CellDelays[], pathOf: (instance: string) => string): string {
  const ns = (ps: number): string => (ps / 1000).toFixed(6);
  const lines = cells.map(({ instance, cell, arcs }) => {
    const paths = arcs.map(({ from, to, risePs, fallPs }) => `(IOPATH ${from} ${to} (${ns(risePs)}) (${ns(fallPs)}))`);
    return `(CELL (CELLTYPE "${cell}") (INSTANCE ${pathOf(instance)}) (DELAY (ABSOLUTE ${paths.join(" ")})))`;
  });
  return `(DELAYFILE (SDFVERSION "3.0") (DIVIDER .) (TIMESCALE 1ns)\n${lines.join("\n")}\n)\n`;
}

/** `(IOPATH A Y (0.1::0.1) (0.2::0.2))`; a conditional arc stands in `(COND ...)`. */
const arcLine = /\((IOPATH|INTERCONNECT) (\S+) (\S+) \(([\d.:-]*)\)(?: \(([\d.:-]*)\))?\)/;

/** Picoseconds of a triple of nanoseconds. */
function maximumPs(triple: string): number | undefined {
  const last = triple.split(":").at(-1) ?? "";
  // OpenSTA may find that an output is ahead of a slow input; a simulation cannot.
  return last === "" ? undefined : Math.max(0, Number((Number(last) * 1000).toFixed(3)));
}
