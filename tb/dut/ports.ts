import type { ModuleEntry, PortEntry } from "../../gen/manifest.ts";
import { UserError } from "../../gen/host/user-error.ts";
import type { DutPorts } from "./dut.ts";

const conventions = [
  { clock: "clk_i", reset: "rst_ni" },
  { clock: "aclk", reset: "aresetn" },
] as const;

/** Finds clock and reset by their conventional names: `clk_i`, `rst_ni` in cores, `aclk`, `aresetn` in AXI4-Stream wrappers. */
export function portsOf(entry: Pick<ModuleEntry, "name" | "ports">): DutPorts {
  const names = new Set(entry.ports.map((port) => port.name));
  const found = conventions.find(({ clock, reset }) => names.has(clock) && names.has(reset));
  if (found === undefined) {
    throw new UserError(
      `${entry.name} has no clock and reset named clk_i and rst_ni, or aclk and aresetn; make its manifest again with \`npm run gen\``,
    );
  }
  return { all: entry.ports, ...found };
}

/** The inputs that a test bench drives: all but the clock. */
export function drivenInputs(ports: DutPorts): readonly PortEntry[] {
  return ports.all.filter((port) => port.direction === "input" && port.name !== ports.clock);
}

export function outputs(ports: DutPorts): readonly PortEntry[] {
  return ports.all.filter((port) => port.direction === "output");
}
