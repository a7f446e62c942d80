import type { Instance, Net, Netlist, Port } from "./netlist.ts";

/**
 * Structural Verilog that OpenSTA, Yosys, Verilator and Icarus read alike. Yosys' own writer joins assignments
 * (`assign {a, b} = ...`), which OpenSTA rejects.
 */
export function printNetlist(netlist: Netlist): string {
  const portNets = new Set(netlist.ports.flatMap((port) => port.bits.map((_, i) => bitName(port, i))));
  const used = netlist.instances.flatMap(({ pins }) => [...pins.values()]);
  const wires = new Set(used.flatMap((net) => (net.kind === "net" && !portNets.has(net.name) ? [net.name] : [])));
  return [
    `module ${netlist.name} (${netlist.ports.map((port) => port.name).join(", ")});`,
    ...netlist.ports.map(declaration),
    ...[...wires].map((wire) => `  wire ${identifier(wire)};`),
    ...netlist.instances.map((instance) => printInstance(instance, portNets)),
    ...netlist.ports.flatMap((port) => assignments(port, portNets)),
    "endmodule",
    "",
  ].join("\n");
}

function declaration(port: Port): string {
  return `  ${port.direction} ${port.vector ? `[${port.bits.length - 1}:0] ` : ""}${port.name};`;
}

function bitName(port: Port, index: number): string {
  return port.vector ? `${port.name}[${index}]` : port.name;
}

function printInstance({ name, cell, pins }: Instance, portNets: ReadonlySet<string>): string {
  const connections = [...pins].map(([pin, net]) => `.${pin}(${reference(net, portNets)})`);
  return `  ${cell} ${identifier(name)} (${connections.join(", ")});`;
}

/** Outputs whose net is called after another port, or that are constant. */
function assignments(port: Port, portNets: ReadonlySet<string>): string[] {
  if (port.direction === "input") return [];
  return port.bits.flatMap((net, i) => {
    const own = bitName(port, i);
    return net.kind === "net" && net.name === own ? [] : [`  assign ${own} = ${reference(net, portNets)};`];
  });
}

/** A bit of a port is a selection from it; any other net is a wire of its own, brackets in its name or not. */
function reference(net: Net, portNets: ReadonlySet<string>): string {
  if (net.kind === "constant") return `1'b${net.value}`;
  return portNets.has(net.name) ? net.name : identifier(net.name);
}

/** Escaped where it is not a plain identifier; the blank ends the escape. */
function identifier(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\\${name} `;
}
