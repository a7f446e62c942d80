import type { ModuleEntry } from "../../../gen/manifest.ts";
import { formatBytes, parseFormat } from "../../../gen/numeric/format.ts";
import { portsOf } from "../../dut/ports.ts";
import { invert, trueLiteral, type AigBuilder, type Literal } from "./aig.ts";

/** Output bits that mean something in every cycle, or in those where a bit of `guards` is 1. */
export interface ObservedPorts {
  readonly ports: readonly string[];
  readonly guard?: string;
}

/** What the ports promise (the headers of the SystemVerilog say it): results count while their valid is high. */
export function observedPorts({ kind, spec }: Pick<ModuleEntry, "kind" | "spec">): readonly ObservedPorts[] {
  if (kind === "axis") {
    return [
      { ports: ["s_axis_tready", "m_axis_tvalid"] },
      { ports: ["m_axis_tdata", "m_axis_tkeep", "m_axis_tlast"], guard: "m_axis_tvalid" },
    ];
  }
  if (spec.unit === "softmax") {
    return [
      { ports: ["stat_ready_o", "norm_ready_o", "prob_valid_o"] },
      { ports: ["prob_o", "prob_keep_o", "prob_last_o"], guard: "prob_valid_o" },
    ];
  }
  return [{ ports: ["out_valid_o"] }, { ports: ["prob_o"], guard: "out_valid_o" }];
}

/** The value of a bit of an input, by its name as `bitsOf` gives it. */
export type InputValue = (bit: string) => Literal;

/** Whether the reset is asserted. */
export function inReset(entry: ModuleEntry, input: InputValue): Literal {
  return invert(input(portsOf(entry).reset));
}

/** What inputs keep to: a beat keeps the low lanes, at least one, and all of them but at the end of a row. */
export function isLegal(builder: AigBuilder, entry: ModuleEntry, input: InputValue): Literal {
  const legal = (valid: string, keepPort: string, last: string, bytes: number): Literal => {
    const keep = bitsOf(entry, keepPort).map(input);
    const { lanes } = entry.spec;
    const keeps = (kept: number): Literal =>
      builder.all(keep.map((bit, index) => (index % (lanes * bytes) < kept * bytes ? bit : invert(bit))));
    const partial = builder.any(Array.from({ length: lanes - 1 }, (_, lane) => keeps(lane + 1)));
    const whole = builder.or(keeps(lanes), builder.and(input(last), partial));
    return builder.or(invert(input(valid)), whole);
  };
  if (entry.kind === "axis") {
    const bytes = formatBytes(parseFormat(entry.spec.format));
    return legal("s_axis_tvalid", "s_axis_tkeep", "s_axis_tlast", bytes);
  }
  if (entry.spec.unit !== "softmax") return trueLiteral;
  const pass = (name: string): Literal => legal(`${name}_valid_i`, `${name}_keep_i`, `${name}_last_i`, 1);
  return builder.and(pass("stat"), pass("norm"));
}

/** The names of a port's bits in the graph, lowest first. */
export function bitsOf(entry: ModuleEntry, port: string): readonly string[] {
  const width = entry.ports.find(({ name }) => name === port)?.width ?? 0;
  return width === 1 ? [port] : Array.from({ length: width }, (_, bit) => `${port}[${bit}]`);
}
