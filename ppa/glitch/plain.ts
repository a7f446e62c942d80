import type { Net, Netlist } from "../netlist/netlist.ts";
import { numbered } from "../sta/numbered.ts";
import type { Stimulus } from "../workload/stimulus.ts";
import type { PlainNetlist } from "./bench.ts";

/** A netlist under plain names, and the way back. */
export interface Renamed extends PlainNetlist {
  /** For each net of the netlist as it was, its plain name. */
  readonly plainNames: ReadonlyMap<string, string>;
}

/** Gives a netlist names that Icarus and SDF need no escapes for. */
export function plainly(netlist: Netlist, clock: string, { ports }: Pick<Stimulus, "ports">): Renamed {
  const renamed = numbered(netlist, clock);
  const plainNames = new Map<string, string>();
  const note = (from: Net | undefined, to: Net | undefined): void => {
    if (from?.kind === "net" && to?.kind === "net") plainNames.set(from.name, to.name);
  };
  netlist.instances.forEach(({ pins }, i) => {
    for (const [pin, net] of pins) note(net, renamed.instances[i]?.pins.get(pin));
  });
  const bits = netlist.ports.flatMap((port) => port.bits.map((bit, i) => ({ port, bit, i })));
  const driven = new Map<number, string>();
  bits.forEach(({ port, bit, i }, at) => {
    const own = renamed.ports[at];
    note(bit, own?.bits[0]);
    const first = ports.find(({ name }) => name === port.name)?.first;
    if (own?.direction === "input" && first !== undefined) driven.set(first + i, own.name);
  });
  return { netlist: renamed, clock, driven, plainNames };
}
