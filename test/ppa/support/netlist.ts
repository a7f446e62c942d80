import type { Instance, Net, Netlist, Port } from "../../../ppa/netlist/netlist.ts";

/** A net, or a constant for `0` and `1`. */
function netOf(name: string): Net {
  return name === "0" || name === "1" ? { kind: "constant", value: name === "1" ? 1 : 0 } : { kind: "net", name };
}

/**
 * A netlist in few words: ports as `in a`, `out y`, or `out y = n` for one that repeats another net, instances as `u1
 * NAND2 A=a B=1 Y=y`. A port with an index is a bit of a vector, which are given in ascending order.
 */
export function netlistOf(...lines: readonly string[]): Netlist {
  const ports = new Map<string, Port>();
  const instances: Instance[] = [];
  for (const line of lines) {
    const [first = "", second = "", ...rest] = line.split(" ");
    if (first === "in" || first === "out") {
      const [, name = second, index] = /^(.+)\[(\d+)\]$/.exec(second) ?? [];
      const bits = [...(ports.get(name)?.bits ?? []), netOf(rest[1] ?? second)];
      ports.set(name, { name, direction: first === "in" ? "input" : "output", bits, vector: index !== undefined });
    } else {
      const pins = rest.map((pair) => pair.split("=")).map(([pin = "", net = ""]) => [pin, netOf(net)] as const);
      instances.push({ name: first, cell: second, pins: new Map(pins) });
    }
  }
  return { name: "tiny", ports: [...ports.values()], instances };
}
