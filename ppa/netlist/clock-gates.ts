import type { CellFacts } from "../liberty/cells.ts";
import type { ClockGateCell } from "../tech/technology.ts";
import type { Instance, Net, Netlist } from "./netlist.ts";

/** The nets that the clock gates drive. */
export function gatedClocks({ instances }: Netlist, gate: ClockGateCell | undefined): ReadonlySet<string> {
  if (gate === undefined) return new Set();
  const gates = instances.filter(({ cell }) => cell === gate.cell);
  return new Set(gates.flatMap(({ pins }) => nameOf(pins.get(gate.output))));
}

/**
 * The netlist with its clock gates called after their enables, `positive_gate`, and what they drive `positive_clk`. Of an enable
 * without a name of its own the first register behind the gate gives its: `score_q_gate` of `score_q_reg[0]`.
 */
export function nameClockGates(netlist: Netlist, gate: ClockGateCell | undefined): Netlist {
  const clocks = gatedClocks(netlist, gate);
  if (gate === undefined || clocks.size === 0) return netlist;
  const held = firstBehind(netlist, gate, clocks);
  const taken = new Set(netlist.instances.flatMap(({ name, pins }) => [name, ...[...pins.values()].flatMap(nameOf)]));
  const fresh = (base: string, suffix: string): string => {
    const [, stem = "", bit = ""] = /^(.*?)(\[\d+\])?$/.exec(base) ?? [];
    let name = `${stem}${suffix}${bit}`;
    for (let i = 2; taken.has(name); i++) name = `${stem}${suffix}_${i}${bit}`;
    taken.add(name);
    return name;
  };
  const instanceNames = new Map<Instance, string>();
  const netNames = new Map<string, string>();
  for (const instance of netlist.instances) {
    const output = nameOf(instance.pins.get(gate.output))[0];
    if (instance.cell !== gate.cell || output === undefined) continue;
    const enable = nameOf(instance.pins.get(gate.enable))[0];
    const base = enable === undefined || isNumber(enable) ? (held.get(output) ?? instance.name) : enable;
    instanceNames.set(instance, fresh(base, "_gate"));
    netNames.set(output, fresh(base, "_clk"));
  }
  const renamed = (net: Net): Net =>
    net.kind === "net" ? { kind: "net", name: netNames.get(net.name) ?? net.name } : net;
  return {
    ...netlist,
    instances: netlist.instances.map((instance) => ({
      ...instance,
      name: instanceNames.get(instance) ?? instance.name,
      pins: new Map([...instance.pins].map(([pin, net]) => [pin, renamed(net)])),
    })),
  };
}

/** Of each gated clock, what the first register behind it holds. */
function firstBehind(netlist: Netlist, gate: ClockGateCell, clocks: ReadonlySet<string>): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const { name, cell, pins } of netlist.instances) {
    if (cell === gate.cell) continue;
    for (const net of [...pins.values()].flatMap(nameOf)) {
      if (clocks.has(net) && !first.has(net)) first.set(net, name.replace(/_reg(\[\d+\])?$/, ""));
    }
  }
  return first;
}

/** Nets that are no signals with edges to keep: cells without inputs (ties) drive them. */
export function constantNets({ instances }: Netlist, cells: ReadonlyMap<string, CellFacts>): ReadonlySet<string> {
  const ties = instances.filter(({ cell }) => cells.get(cell)?.inputs.length === 0);
  return new Set(ties.flatMap(({ pins }) => [...pins.values()].flatMap(nameOf)));
}

const nameOf = (net: Net | undefined): string[] => (net?.kind === "net" ? [net.name] : []);

/** Whether a net's name is one that `flatten` made up. */
const isNumber = (name: string): boolean => /^_\d+_$/.test(name);
