import type { Instance, Net, Netlist, Port } from "./netlist.ts";

/**
 * The netlist in a text of `printNetlist`: the text is what is timed, so it is also what is simulated. The subset is exact:
 * one statement per line, one bit per connection. Of a net that an output repeats only the output's name for itself is
 * kept, as the printer had it.
 * @throws Error that quotes the line, for any other text
 */
export function readNetlist(verilog: string): Netlist {
  const lines = verilog.split("\n").map((line) => line.trim());
  const name = /^module (\S+) \(.*\);$/.exec(lines[0] ?? "")?.[1];
  if (name === undefined) throw unexpected(lines[0] ?? "");
  const ports: Port[] = [];
  const instances: Instance[] = [];
  const repeated = new Map<string, Net>();
  const nets = new Map<string, Net>();
  const netOf = (reference: string, line: string): Net => {
    const net = nets.get(reference) ?? netIn(reference, line);
    nets.set(reference, net);
    return net;
  };
  for (const line of lines.slice(1)) {
    if (line === "" || line === "endmodule" || line.startsWith("wire ")) continue;
    const port = portIn(line);
    if (port !== undefined) {
      ports.push(port);
      continue;
    }
    const assignment = /^assign (\S+) = (.+);$/.exec(line);
    if (assignment !== null) repeated.set(assignment[1] ?? "", netOf(assignment[2] ?? "", line));
    else instances.push(instanceIn(line, netOf));
  }
  const resolved = ports.map((port) => ({
    ...port,
    bits: port.bits.map((bit) => (bit.kind === "net" ? (repeated.get(bit.name) ?? bit) : bit)),
  }));
  return { name, ports: resolved, instances };
}

function portIn(line: string): Port | undefined {
  const [, direction, most, name] = /^(input|output) (?:\[(\d+):0\] )?(\w+);$/.exec(line) ?? [];
  if (name === undefined || (direction !== "input" && direction !== "output")) return undefined;
  const vector = most !== undefined;
  const bits = Array.from({ length: Number(most ?? 0) + 1 }, (_, i): Net => {
    return { kind: "net", name: vector ? `${name}[${i}]` : name };
  });
  return { name, direction, bits, vector };
}

/** `CELL name (.A(a), .B(\b[1] ), .Y(y[2]));` */
function instanceIn(line: string, netOf: (reference: string, line: string) => Net): Instance {
  const [, cell, escaped, plain, connections] = /^(\w+) (?:\\(\S+) |(\w+)) \((.*)\);$/.exec(line) ?? [];
  const name = escaped ?? plain;
  if (cell === undefined || name === undefined || connections === undefined) throw unexpected(line);
  const pins = new Map<string, Net>();
  const pattern = /\.(\w+)\((\\\S+ |[^()\\]+)\)(?:, |$)/y;
  while (pattern.lastIndex < connections.length) {
    const [, pin, reference] = pattern.exec(connections) ?? [];
    if (pin === undefined || reference === undefined) throw unexpected(line);
    pins.set(pin, netOf(reference, line));
  }
  return { name, cell, pins };
}

function netIn(reference: string, line: string): Net {
  if (reference === "1'b0" || reference === "1'b1") return { kind: "constant", value: reference === "1'b1" ? 1 : 0 };
  const [, escaped, plain] = /^(?:\\(\S+) |(\w+(?:\[\d+\])?))$/.exec(reference) ?? [];
  const name = escaped ?? plain;
  if (name === undefined) throw unexpected(line);
  return { kind: "net", name };
}

function unexpected(line: string): Error {
  return new Error(`"${line}" is no line of a netlist as ppa/netlist/print.ts writes it`);
}
