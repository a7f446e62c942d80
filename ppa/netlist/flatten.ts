import { invariant } from "../../gen/host/user-error.ts";
import type { Bit, Instance, Module, Net, Netlist } from "./netlist.ts";

interface Placed {
  readonly name: string;
  readonly cell: string;
  readonly pins: readonly (readonly [pin: string, net: number])[];
}

/**
 * The modules of a design as one netlist: every instance of a module is replaced by what the module holds, named after the
 * way to it (`gen_lane[3].u_lane.score_q_reg[7]`). A net keeps the name that the RTL gives it, the outermost of several (a
 * port's before any other); nets and instances without one are numbered, `_12_`.
 */
export function flatten(modules: ReadonlyMap<string, Module>, top: string): Netlist {
  const nets = new Nets();
  const placed: Placed[] = [];
  const outermost = modules.get(top);
  invariant(outermost !== undefined, `${top} is among the mapped modules`);
  const ports = Object.entries(outermost.ports).map(([name, { direction, bits }]) => {
    const own = bits.map((_, i) => nets.add(bitName(name, bits, i)));
    return { name, direction, nets: own, vector: bits.length > 1 };
  });
  place(modules, outermost, "", new Map(ports.map((port) => [port.name, port.nets])), nets, placed);
  const netOf = nets.named();
  return {
    name: top,
    ports: ports.map(({ nets: own, ...port }) => ({ ...port, bits: own.map(netOf) })),
    instances: placed.map(({ name, cell, pins }): Instance => {
      return { name, cell, pins: new Map(pins.map(([pin, net]) => [pin, netOf(net)])) };
    }),
  };
}

/** Puts the module's contents in place; `path` ends in a dot, `outside` is what its ports are connected to. */
function place(
  modules: ReadonlyMap<string, Module>,
  module: Module,
  path: string,
  outside: ReadonlyMap<string, readonly number[]>,
  nets: Nets,
  placed: Placed[],
): void {
  const local = new Map<Bit, number>(constants);
  const netOf = (bit: Bit): number => {
    const known = local.get(bit) ?? nets.add();
    local.set(bit, known);
    return known;
  };
  for (const [port, { bits }] of Object.entries(module.ports)) {
    bits.forEach((bit, i) => {
      const outer = outside.get(port)?.[i];
      if (outer === undefined) return;
      const inner = local.get(bit);
      if (inner === undefined) local.set(bit, outer);
      else nets.join(inner, outer);
    });
  }
  for (const [name, { bits }] of Object.entries(module.netnames)) {
    bits.forEach((bit, i) => {
      nets.claim(netOf(bit), `${path}${bitName(name, bits, i)}`);
    });
  }
  for (const [name, { hide_name, type, connections }] of Object.entries(module.cells)) {
    const pins = Object.entries(connections).map(([pin, bits]) => [pin, bits.map(netOf)] as const);
    const inner = modules.get(type);
    if (inner !== undefined) {
      place(modules, inner, `${path}${name}.`, new Map(pins), nets, placed);
      continue;
    }
    const named = hide_name === 0 ? `${path}${name}` : `_${placed.length}_`;
    placed.push({ name: named, cell: type, pins: pins.map(([pin, [net = 0]]) => [pin, net]) });
  }
}

function bitName(name: string, { length }: readonly Bit[], index: number): string {
  return length === 1 ? name : `${name}[${index}]`;
}

/** The nets of constants; an undefined bit is a 0. */
const constants: readonly (readonly [Bit, number])[] = [
  ["0", 0],
  ["x", 0],
  ["z", 0],
  ["1", 1],
];

/** Nets by number, joined where a module connects two of its ports or a port with a constant. */
class Nets {
  private readonly joined = [0, 1];
  private readonly claims: (readonly [net: number, name: string])[] = [];

  add(name?: string): number {
    const net = this.joined.length;
    this.joined.push(net);
    if (name !== undefined) this.claim(net, name);
    return net;
  }

  /** The name is the net's unless it has been given one before. */
  claim(net: number, name: string): void {
    this.claims.push([net, name]);
  }

  join(a: number, b: number): void {
    const [first, second] = [this.find(a), this.find(b)];
    this.joined[Math.max(first, second)] = Math.min(first, second);
  }

  /** After the last `join`: each net as a constant or by its name. */
  named(): (net: number) => Net {
    const known = new Map<number, Net>([
      [0, { kind: "constant", value: 0 }],
      [1, { kind: "constant", value: 1 }],
    ]);
    for (const [net, name] of this.claims) {
      const root = this.find(net);
      if (!known.has(root)) known.set(root, { kind: "net", name });
    }
    let unnamed = 0;
    return (net) => {
      const root = this.find(net);
      const found = known.get(root) ?? { kind: "net", name: `_${unnamed++}_` };
      known.set(root, found);
      return found;
    };
  }

  private find(net: number): number {
    let root = net;
    for (let next = this.joined[root]; next !== undefined && next !== root; next = this.joined[root]) root = next;
    this.joined[net] = root;
    return root;
  }
}
