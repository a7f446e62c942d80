import type { CellFacts } from "../liberty/cells.ts";
import type { Instance, Netlist } from "./netlist.ts";

/** The netlist without cells that no output depends on: what one module computes and none around it asks for. */
export function withoutDeadCells(netlist: Netlist, cells: ReadonlyMap<string, CellFacts>): Netlist {
  const drivers = new Map<string, Instance>();
  for (const instance of netlist.instances) {
    for (const { name } of cells.get(instance.cell)?.outputs ?? []) {
      const net = instance.pins.get(name);
      if (net?.kind === "net") drivers.set(net.name, instance);
    }
  }
  const live = new Set<Instance>();
  const pending = netlist.ports.filter(({ direction }) => direction === "output").flatMap(({ bits }) => bits);
  for (let net = pending.pop(); net !== undefined; net = pending.pop()) {
    const driver = net.kind === "net" ? drivers.get(net.name) : undefined;
    if (driver === undefined || live.has(driver)) continue;
    live.add(driver);
    pending.push(...driver.pins.values());
  }
  // A cell that is not in the library is kept: whoever prints the netlist complains of it.
  const kept = netlist.instances.filter((instance) => live.has(instance) || !cells.has(instance.cell));
  return { ...netlist, instances: kept };
}
