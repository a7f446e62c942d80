import type { Net, Netlist, Port } from "../netlist/netlist.ts";

/**
 * The same netlist with names that need no escaping anywhere: its instances are `u0`, `u1`, ..., its nets `n0`, ...,
 * and every bit of a port is a port of its own. Only the clock keeps its name, for the constraints. Nothing depends
 * then on how a tool reads or writes brackets, dots and backslashes.
 */
export function numbered(netlist: Netlist, clock: string | undefined): Netlist {
  const nets = new Map<string, string>();
  const rename = (net: Net): Net => {
    if (net.kind === "constant") return net;
    const known = nets.get(net.name) ?? (net.name === clock ? net.name : `${prefix("n", clock)}${nets.size}`);
    nets.set(net.name, known);
    return { kind: "net", name: known };
  };
  const taken = new Set<string>();
  const ports: Port[] = [];
  for (const { direction, bits } of netlist.ports) {
    for (const bit of bits.map(rename)) {
      // An output that repeats another port, or is constant, has a name of its own and an assignment.
      const own = bit.kind === "net" && !taken.has(bit.name) ? bit.name : `${prefix("p", clock)}${ports.length}`;
      taken.add(own);
      ports.push({ name: own, direction, bits: [bit], vector: false });
    }
  }
  const instances = netlist.instances.map(({ cell, pins }, i) => ({
    name: `u${i}`,
    cell,
    pins: new Map([...pins].map(([pin, net]) => [pin, rename(net)])),
  }));
  return { name: netlist.name, ports, instances };
}

/** Longer where the clock's own name would look like one of ours. */
function prefix(letter: string, clock: string | undefined): string {
  return clock?.startsWith(letter) === true ? `${letter}_` : letter;
}
