import { invariant } from "../../gen/host/user-error.ts";

/** What a mutation does to one bit of one port of a cell, or of an instance: the modes of Yosys' `mutate`. */
export const mutationModes = ["inv", "const0", "const1", "cnot0", "cnot1"] as const;
export type MutationMode = (typeof mutationModes)[number];

/** What each mode makes of the bit. */
export const modeMeanings: Readonly<Record<MutationMode, string>> = {
  inv: "inverted",
  const0: "stuck at 0",
  const1: "stuck at 1",
  cnot0: "inverted where another bit of the port is 0",
  cnot1: "inverted where another bit of the port is 1",
};

/** One small change of a netlist. */
export interface Mutant {
  /** Its number in the list, from 1: the value of the select input that switches it on. 0 is the unchanged design. */
  readonly number: number;
  readonly mode: MutationMode;
  readonly cell: string;
  readonly port: string;
  readonly bit: number;
  /** The other bit of the port that decides, in the modes `cnot0` and `cnot1`. */
  readonly controlBit?: number;
  /** The line of the SystemVerilog that the cell was made from, as file:line. */
  readonly source: string;
  /** The signal that the bit belongs to, with its bit, if it has a name. */
  readonly signal?: string;
}

/** Reads what `mutate -list` prints of a module. */
export function parseMutants(list: string, module: string): Mutant[] {
  const lines = list.split("\n").filter((line) => line.startsWith("mutate -mode "));
  return lines.map((line, index) => {
    const options = optionsOf(line);
    const one = (name: string): string => {
      const [value] = options.get(name) ?? [];
      invariant(value !== undefined, `Yosys' mutant "${line}" has no ${name}`);
      return value;
    };
    const mode = mutationModes.find((known) => known === one("-mode"));
    invariant(mode !== undefined && one("-module") === module, `"${line}" is no mutant of ${module}`);
    const control = options.get("-ctrlbit")?.[0];
    const wire = options.get("-wire")?.[0];
    // The tag of the cell is the last one; those of the wire it drives stand before it.
    const source = options.get("-src")?.at(-1) ?? "no source line";
    return {
      number: index + 1,
      mode,
      cell: one("-cell"),
      port: one("-port"),
      bit: Number(one("-portbit")),
      ...(control === undefined ? {} : { controlBit: Number(control) }),
      source: source.replace(/\.\d+-.*$/, ""),
      ...(wire === undefined ? {} : { signal: `${wire}[${one("-wirebit")}]` }),
    };
  });
}

function optionsOf(line: string): Map<string, string[]> {
  const options = new Map<string, string[]>();
  const words = line.split(" ").slice(1);
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [name = "", value = ""] = [words[at], words[at + 1]];
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  return options;
}

/** The command that makes the mutation, switched on where a new input of the module, `control.port`, has the value `control.value`. */
export function mutateCommand(
  mutant: Mutant,
  module: string,
  control: { readonly port: string; readonly width: number; readonly value: number },
): string {
  const { mode, cell, port, bit, controlBit } = mutant;
  const place = `-module ${module} -cell ${cell} -port ${port} -portbit ${bit}`;
  const other = controlBit === undefined ? "" : ` -ctrlbit ${controlBit}`;
  const switched = ` -ctrl ${control.port} ${control.width} ${control.value}`;
  return `mutate -mode ${mode} ${place}${other}${switched}`;
}

/** Where and what, for a reader: `relu_bf16_lane.sv:33, bit 3 of port Y of $and$..., stuck at 0`. */
export function describeMutant({ source, mode, cell, port, bit, signal }: Mutant): string {
  const named = signal === undefined ? "" : ` (${signal})`;
  return `${source}: bit ${bit} of port ${port} of ${cell}${named} ${modeMeanings[mode]}`;
}
