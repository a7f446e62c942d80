import type { TieCells } from "../tech/technology.ts";
import type { Net, Netlist } from "./netlist.ts";

/** The netlist with one cell for each constant that a cell's pin is connected to. */
export function tieConstants(netlist: Netlist, tie: TieCells): Netlist {
  const used = new Set<0 | 1>();
  const tied = (net: Net): Net => {
    if (net.kind === "net") return net;
    used.add(net.value);
    return { kind: "net", name: tieNames[net.value] };
  };
  const instances = netlist.instances.map((instance) => {
    return { ...instance, pins: new Map([...instance.pins].map(([pin, net]) => [pin, tied(net)])) };
  });
  const added = [...used].sort().map((value) => {
    const { cell, pin } = value === 1 ? tie.high : tie.low;
    const net: Net = { kind: "net", name: tieNames[value] };
    return { name: `${tieNames[value]}_cell`, cell, pins: new Map([[pin, net]]) };
  });
  return { ...netlist, instances: [...instances, ...added] };
}

const tieNames = { 0: "tie_low", 1: "tie_high" } as const;
