import { z } from "zod";
import { oneByOne, type Stage } from "../../gen/host/stage.ts";
import { invariant } from "../../gen/host/user-error.ts";
import type { Design } from "../design.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { constantNets, gatedClocks, nameClockGates } from "./clock-gates.ts";
import { boundFanout, type FanoutRule } from "./fanout.ts";
import { flatten } from "./flatten.ts";
import { withoutDeadCells } from "./live.ts";
import { countCells, type Module, type Netlist } from "./netlist.ts";
import { printNetlist } from "./print.ts";
import { tieConstants } from "./tie.ts";

/** The mapped modules of a design, one of each name, and what identifies them. */
export interface Parts {
  readonly modules: ReadonlyMap<string, Module>;
  readonly keys: readonly string[];
}

const assembledSchema = z.object({
  /** Structural Verilog. */
  text: z.string(),
  /** How many instances of each library cell. */
  cells: z.record(z.string(), z.number()),
});
export type AssembledNetlist = Readonly<z.infer<typeof assembledSchema>>;

/** The summed area of instances, square micrometres. */
export function areaOf({ cells: facts }: PreparedTechnology, cells: AssembledNetlist["cells"]): number {
  return Object.entries(cells).reduce((sum, [name, count]) => sum + (facts.get(name)?.area ?? NaN) * count, 0);
}

/** Puts the modules of a design together. */
export const assembly = (design: Design, technology: PreparedTechnology): Stage<Parts, AssembledNetlist> => ({
  name: "netlist",
  source: import.meta.url,
  schema: assembledSchema,
  key: ({ keys }) => [technology.libertyHash, technology.mapHash, design.clock ?? "no clock", ...keys],
  run: oneByOne(({ modules }) => assemble(design, technology, modules)),
});

/** The netlist of a design's mapped modules, one of each name: flat, with buffers on wide nets. */
export function assemble(
  design: Design,
  technology: PreparedTechnology,
  modules: ReadonlyMap<string, Module>,
): AssembledNetlist {
  const { tie } = technology.technology;
  const flat = withoutDeadCells(flatten(modules, design.name), technology.cells);
  const tied = tie === undefined ? flat : tieConstants(flat, tie);
  const named = nameClockGates(tied, technology.technology.clockGate);
  const netlist = boundFanout(named, technology.cells, fanoutRule(design, named, technology));
  const unknown = netlist.instances.find(({ cell }) => !technology.cells.has(cell));
  invariant(
    unknown === undefined,
    `${design.name}: ${String(unknown?.name)} is still a ${String(unknown?.cell)}, no library cell`,
  );
  return { text: printNetlist(netlist), cells: countCells(netlist) };
}

/** Pins on one net: wide enough for a sign bit that gates its lane, narrow enough for a small buffer. */
const fanoutLimit = 16;

function fanoutRule(design: Design, netlist: Netlist, { technology, cells }: PreparedTechnology): FanoutRule {
  const buffer = cells.get(technology.fanoutBuffer);
  invariant(buffer !== undefined, `${technology.name} has ${technology.fanoutBuffer}`);
  const clocks = design.clock === undefined ? [] : [design.clock];
  const except = new Set([...clocks, ...gatedClocks(netlist, technology.clockGate), ...constantNets(netlist, cells)]);
  return { buffer, limit: fanoutLimit, except };
}
