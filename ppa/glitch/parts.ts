import type { Net, Netlist } from "../netlist/netlist.ts";

/** Instances of a part: Icarus looks for an instance by going through all of its part. */
const perPart = 200;

/** Where a bench has a netlist, and under what names: parts refer to its nets from below. */
const place = "bench.dut";

/**
 * A netlist with plain names as Verilog in parts of a few hundred cells. Nets stay in the top module. In one part, annotating delays
 * takes Icarus minutes for 40,000 cells: a time that grows with their square.
 */
export function inParts({ name, ports, instances }: Netlist): string {
  const own = new Set(ports.map((port) => port.name));
  const nets = new Set(
    instances.flatMap(({ pins }) => [...pins.values()].flatMap((net) => (net.kind === "net" ? [net.name] : []))),
  );
  const parts = Array.from({ length: Math.ceil(instances.length / perPart) }, (_, i) =>
    instances.slice(i * perPart, (i + 1) * perPart),
  );
  const reference = (net: Net, prefix: string): string =>
    net.kind === "constant" ? `1'b${net.value}` : `${prefix}${net.name}`;
  return [
    `module ${name} (${[...own].join(", ")});`,
    ...ports.map((port) => `  ${port.direction} ${port.name};`),
    ...[...nets].filter((net) => !own.has(net)).map((net) => `  wire ${net};`),
    ...ports.flatMap(({ name: port, direction, bits: [bit] }) =>
      direction === "input" || bit === undefined || reference(bit, "") === port
        ? []
        : [`  assign ${port} = ${reference(bit, "")};`],
    ),
    ...parts.map((_, i) => `  part${i} p${i} ();`),
    "endmodule",
    ...parts.flatMap((part, i) => [
      `module part${i};`,
      ...part.flatMap(({ name: instance, cell, pins }) => {
        const seen = new Set<string>();
        const apart: string[] = [];
        const connections = [...pins].map(([pin, net]) => {
          const source = reference(net, `${place}.`);
          if (net.kind === "constant" || !seen.has(source)) {
            seen.add(source);
            return `.${pin}(${source})`;
          }
          // Icarus makes one port of two on the same net, and then knows the paths of only one.
          apart.push(`  wire ${instance}_${pin};`, `  buf (${instance}_${pin}, ${source});`);
          return `.${pin}(${instance}_${pin})`;
        });
        return [...apart, `  ${cell} ${instance} (${connections.join(", ")});`];
      }),
      "endmodule",
    ]),
    "",
  ].join("\n");
}

/** The path, below the netlist, of each instance in its part. */
export function pathsInParts({ instances }: Netlist): ReadonlyMap<string, string> {
  return new Map(instances.map(({ name }, i) => [name, `p${Math.floor(i / perPart)}.${name}`]));
}
