import { z } from "zod";
import { invariant } from "../../../gen/host/user-error.ts";
import type { Mutant } from "../mutant.ts";

/** Bits are numbers of nets, or the constants "0", "1", "x", "z". */
const bitsSchema = z.array(z.union([z.number(), z.string()]));
const cellSchema = z.object({
  /** Of the ports of a memory, MEMID names it. */
  parameters: z.record(z.string(), z.unknown()),
  port_directions: z.record(z.string(), z.enum(["input", "output", "inout"])),
  connections: z.record(z.string(), bitsSchema),
});
const moduleSchema = z.object({
  ports: z.record(z.string(), z.object({ direction: z.string(), bits: bitsSchema })),
  cells: z.record(z.string(), cellSchema),
});
const designSchema = z.object({ modules: z.record(z.string(), moduleSchema) });

/** A flat netlist, in the form that Yosys' `write_json` gives it. */
export type FlatNetlist = z.infer<typeof moduleSchema>;

export function parseFlatNetlist(json: string, module: string): FlatNetlist {
  const found = designSchema.parse(JSON.parse(json)).modules[module];
  invariant(found !== undefined, `Yosys' netlist holds no module ${module}`);
  return found;
}

/** The bits of the module's outputs, by port, that a change of one bit of a cell's port can reach, through any number of cycles. */
export type Reach = ReadonlyMap<string, readonly number[]>;

/** Whether the mutation leaves its bit as it is: the bit is a constant, and the one that it is stuck at or never inverted by. */
export function isIdle(netlist: FlatNetlist, { cell, port, bit, mode, controlBit }: Mutant): boolean {
  const bits = cellOf(netlist, cell).connections[plain(port)];
  const [own, control] = [bits?.[bit], bits?.[controlBit ?? bit]];
  switch (mode) {
    case "const0":
    case "const1":
      return own === mode.slice(-1);
    case "cnot0":
    case "cnot1":
      return (control === "0" || control === "1") && control !== mode.slice(-1);
    case "inv":
      return false;
    default:
      return mode satisfies never;
  }
}

/**
 * Follows the mutated bit through cells and registers. An output bit that it does not reach is the same function in both designs,
 * because all cells that it is made from are.
 */
export function reachOf(netlist: FlatNetlist, { cell, port, bit }: Pick<Mutant, "cell" | "port" | "bit">): Reach {
  const readers = readersOf(netlist);
  const reached = new Set<number>();
  const visited = new Set<string>();
  const pending: number[] = [];
  const reach = (net: number | string | undefined): void => {
    if (typeof net !== "number" || reached.has(net)) return;
    reached.add(net);
    pending.push(net);
  };
  const passThrough = (name: string): void => {
    if (visited.has(name)) return;
    visited.add(name);
    const { port_directions: directions, connections } = cellOf(netlist, name);
    for (const [output, nets] of Object.entries(connections)) if (directions[output] !== "input") nets.forEach(reach);
    memoryReaders(netlist, name).forEach(passThrough);
  };
  const start = cellOf(netlist, cell);
  const name = plain(port);
  if (start.port_directions[name] === "input") passThrough(cell);
  else reach(start.connections[name]?.[bit]);
  for (let net = pending.pop(); net !== undefined; net = pending.pop()) readers.get(net)?.forEach(passThrough);
  const outputs = Object.entries(netlist.ports).filter(([, { direction }]) => direction === "output");
  return new Map(
    outputs.flatMap(([output, { bits }]) => {
      const indices = bits.flatMap((net, index) => (typeof net === "number" && reached.has(net) ? [index] : []));
      return indices.length === 0 ? [] : [[output, indices] as const];
    }),
  );
}

/** Whether any cell's output comes back to it, through registers or not: else what comes out is older than nothing but the latency. */
export function hasFeedback(netlist: FlatNetlist): boolean {
  const readers = readersOf(netlist);
  const state = new Map<string, "open" | "done">();
  const comesBack = (first: string): boolean => {
    const stack = [{ name: first, next: successorsOf(netlist, readers, first) }];
    state.set(first, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const name = top.next.pop();
      if (name === undefined) {
        state.set(top.name, "done");
        stack.pop();
      } else if (state.get(name) === "open") {
        return true;
      } else if (state.get(name) === undefined) {
        state.set(name, "open");
        stack.push({ name, next: successorsOf(netlist, readers, name) });
      }
    }
    return false;
  };
  return Object.keys(netlist.cells).some((name) => !state.has(name) && comesBack(name));
}

function successorsOf(netlist: FlatNetlist, readers: ReadonlyMap<number, readonly string[]>, name: string): string[] {
  const { port_directions: directions, connections } = cellOf(netlist, name);
  const driven = Object.entries(connections).flatMap(([port, nets]) => (directions[port] === "input" ? [] : nets));
  const behind = driven.flatMap((net) => (typeof net === "number" ? (readers.get(net) ?? []) : []));
  return [...new Set([...behind, ...memoryReaders(netlist, name)])];
}

/** A memory's write port reaches its read ports through no net; both name the memory. */
function memoryReaders({ cells }: FlatNetlist, name: string): string[] {
  const memory = cells[name]?.parameters["MEMID"];
  if (memory === undefined || cells[name]?.connections["EN"] === undefined) return [];
  return Object.entries(cells).flatMap(([other, { parameters }]) =>
    parameters["MEMID"] === memory && other !== name ? [other] : [],
  );
}

const plain = (name: string): string => name.replace(/^\\/, "");

function cellOf(netlist: FlatNetlist, name: string): FlatNetlist["cells"][string] {
  const cell = netlist.cells[name];
  invariant(cell !== undefined, `the netlist holds no cell ${name}`);
  return cell;
}

function readersOf({ cells }: FlatNetlist): Map<number, string[]> {
  const readers = new Map<number, string[]>();
  for (const [name, { port_directions: directions, connections }] of Object.entries(cells)) {
    for (const [port, nets] of Object.entries(connections)) {
      if (directions[port] === "output") continue;
      for (const net of nets) {
        if (typeof net !== "number") continue;
        const known = readers.get(net);
        if (known === undefined) readers.set(net, [name]);
        else known.push(name);
      }
    }
  }
  return readers;
}
