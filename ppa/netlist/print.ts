import type { Instance, Net, Netlist, Port } from "./netlist.ts";

/**
 * Structural Verilog that OpenSTA, Yosys, Verilator and Icarus read alike. Yosys' own writer joins assignments
 * (`assign {a, b} = ...`), which OpenSTA rejects.
 */
export function printNetlist(netlist: Netlist): string {
  const portNets = new Set(netlist.ports.flatMap((port) => port.bits.map((_, i) => bitName(port, i))));
  // Each net is on several pins: its name is printed once.
  const printed = new Map<string, string>();
  const reference = (net: Net): string => {
    if (net.kind === "constant") return `1'b${net.value}`;
    const text = printed.get(net.name) ?? referenceTo(net.name, portNets);
    printed.set(net.name, text);
    return text;
  };
  const instances = netlist.instances.map((instance) => printInstance(instance, reference));
  const wires = [...printed].filter(([net]) => !portNets.has(net)).map(([, text]) => `  wire ${text};`);
  return [
    `module ${netlist.name} (${netlist.ports.map((port) => port.name).join(", ")});`,
    ...netlist.ports.map(declaration),
    ...wires,
    ...instances,
    ...netlist.ports.flatMap((port) => assignments(port, reference)),
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

function printInstance({ name, cell, pins }: Instance, reference: (net: Net) => string): string {
  let connections = "";
  for (const [pin, net] of pins) connections += `${connections === "" ? "" : ", "}.${pin}(${reference(net)})`;
  return `  ${cell} ${identifier(name)} (${connections});`;
}

/** Outputs whose net is called after another port, or that are constant. */
function assignments(port: Port, reference: (net: Net) => string): string[] {
  if (port.direction === "input") return [];
  return port.bits.flatMap((net, i) => {
    const own = bitName(port, i);
    return net.kind === "net" && net.name === own ? [] : [`  assign ${own} = ${reference(net)};`];
  });
}

/** A bit of a port is a selection from it; any other net is a wire of its own, brackets in its name or not. */
function referenceTo(net: string, portNets: ReadonlySet<string>): string {
  return portNets.has(net) ? net : identifier(net);
}

/** Escaped where it is not a plain identifier; the blank ends the escape. */
function identifier(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\\${name} `;
}
