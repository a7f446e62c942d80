import { z } from "zod";

/** A bit as Yosys' JSON has it: the number of a net, or a constant. */
export type Bit = number | "0" | "1" | "x" | "z";

// There are millions of bits: each is looked at, and none is copied.
const constants: ReadonlySet<unknown> = new Set(["0", "1", "x", "z"]);
const isBits = (value: unknown): value is Bit[] =>
  Array.isArray(value) && value.every((bit) => typeof bit === "number" || constants.has(bit));
const bitsSchema = z.custom<Bit[]>(isBits);
const connectionsSchema = z.custom<Record<string, Bit[]>>(
  (value) => typeof value === "object" && value !== null && Object.values(value).every(isBits),
);

/** A module whose cells are of a library or other modules. */
export const moduleSchema = z.object({
  ports: z.record(z.string(), z.object({ direction: z.enum(["input", "output"]), bits: bitsSchema })),
  cells: z.record(z.string(), z.object({ hide_name: z.number(), type: z.string(), connections: connectionsSchema })),
  /** Those that the RTL gives. */
  netnames: z.record(z.string(), z.object({ bits: bitsSchema })),
});
export type Module = z.infer<typeof moduleSchema>;

/** Yosys names every net besides. */
const netnamesSchema = z
  .record(z.string(), z.object({ hide_name: z.number(), bits: bitsSchema }))
  .transform((names) => Object.fromEntries(Object.entries(names).filter(([, { hide_name }]) => hide_name === 0)));
const yosysJsonSchema = z.object({
  modules: z.record(z.string(), moduleSchema.extend({ netnames: netnamesSchema })),
});

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

/** The modules in what `write_json` wrote, by name. */
export function parseModules(json: string): Readonly<Record<string, Module>> {
  return yosysJsonSchema.parse(JSON.parse(json)).modules;
}

/** How many instances of each cell, in the order of the cells' names. */
export function countCells(netlist: Netlist): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { cell } of netlist.instances) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
