import { z } from "zod";

/** A bit as Yosys' JSON has it: the number of a net, or a constant. */
const bitSchema = z.union([z.number(), z.enum(["0", "1", "x", "z"])]);

const moduleSchema = z.object({
  ports: z.record(z.string(), z.object({ direction: z.enum(["input", "output"]), bits: z.array(bitSchema) })),
  cells: z.record(
    z.string(),
    z.object({ hide_name: z.number(), type: z.string(), connections: z.record(z.string(), z.array(bitSchema)) }),
  ),
  netnames: z.record(z.string(), z.object({ hide_name: z.number(), bits: z.array(bitSchema) })),
});

const yosysJsonSchema = z.object({ modules: z.record(z.string(), moduleSchema) });

/** A flat netlist of library cells, every net one bit. */
export interface Netlist {
  readonly name: string;
  readonly ports: readonly Port[];
  readonly instances: readonly Instance[];
}

export interface Port {
  readonly name: string;
  readonly direction: "input" | "output";
  /** What each bit is connected to, the least significant first. */
  readonly bits: readonly Net[];
  /** Declared as a vector; a vector of one bit stays one. */
  readonly vector: boolean;
}

export interface Instance {
  readonly name: string;
  readonly cell: string;
  readonly pins: ReadonlyMap<string, Net>;
}

/** A net by its name, or a constant. */
export type Net =
  { readonly kind: "net"; readonly name: string } | { readonly kind: "constant"; readonly value: 0 | 1 };

/**
 * The flat netlist in what `write_json` wrote. A net keeps the name that the RTL gives it (a port's before any other);
 * nets and instances without one are numbered, `_12_`.
 */
export function parseYosysNetlist(json: string): Netlist {
  const [[name, module] = []] = Object.entries(yosysJsonSchema.parse(JSON.parse(json)).modules);
  if (name === undefined || module === undefined) throw new Error("Yosys wrote a netlist without a module");
  const names = new Map<number, string>();
  const nameBits = (base: string, bits: readonly (number | string)[]): void => {
    bits.forEach((bit, i) => {
      if (typeof bit === "number" && !names.has(bit)) names.set(bit, bits.length === 1 ? base : `${base}[${i}]`);
    });
  };
  const vectors = new Set(
    Object.entries(module.ports)
      .filter(([, port]) => port.bits.length > 1)
      .map(([port]) => port),
  );
  for (const [port, { bits }] of Object.entries(module.ports)) nameBits(port, bits);
  for (const [net, { hide_name, bits }] of Object.entries(module.netnames)) if (hide_name === 0) nameBits(net, bits);
  let unnamed = 0;
  const netOf = (bit: number | string): Net => {
    if (typeof bit === "string") return { kind: "constant", value: bit === "1" ? 1 : 0 };
    const known = names.get(bit) ?? `_${unnamed++}_`;
    names.set(bit, known);
    return { kind: "net", name: known };
  };
  return {
    name,
    ports: Object.entries(module.ports).map(([port, { direction, bits }]) => {
      return { name: port, direction, bits: bits.map(netOf), vector: vectors.has(port) };
    }),
    instances: Object.entries(module.cells).map(([instance, cell], i) => ({
      name: cell.hide_name === 0 ? instance : `_${i}_`,
      cell: cell.type,
      pins: new Map(Object.entries(cell.connections).map(([pin, bits]) => [pin, netOf(bits[0] ?? "0")])),
    })),
  };
}

/** How many instances of each cell, in the order of the cells' names. */
export function countCells(netlist: Netlist): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { cell } of netlist.instances) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
