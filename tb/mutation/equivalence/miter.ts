import type { ModuleEntry, PortEntry } from "../../../gen/manifest.ts";
import { formatBytes, parseFormat } from "../../../gen/numeric/format.ts";
import { portsOf } from "../../dut/ports.ts";
import type { Reach } from "./reach.ts";

/** What of a design's outputs means anything in a cycle: `always`, or only while a valid is high. */
export interface Contract {
  readonly always: readonly string[];
  readonly guarded: readonly { readonly valid: string; readonly ports: readonly string[] }[];
}

/** What the ports promise (the headers of the SystemVerilog say it): results count while their valid is high. */
export function contractOf({ kind, spec }: Pick<ModuleEntry, "kind" | "spec">): Contract {
  if (kind === "axis") {
    const guarded = [{ valid: "m_axis_tvalid", ports: ["m_axis_tdata", "m_axis_tkeep", "m_axis_tlast"] }];
    return { always: ["s_axis_tready", "m_axis_tvalid"], guarded };
  }
  if (spec.unit === "softmax") {
    const guarded = [{ valid: "prob_valid_o", ports: ["prob_o", "prob_keep_o", "prob_last_o"] }];
    return { always: ["stat_ready_o", "norm_ready_o", "prob_valid_o"], guarded };
  }
  return { always: ["out_valid_o"], guarded: [{ valid: "out_valid_o", ports: ["prob_o"] }] };
}

/**
 * The Verilog of a module `miter` with the ports of the design's inputs, an instance of `original` and one of `mutant`, and
 * an output `differs`: whether the contract tells them apart. Only output bits in `reach` are compared; the others cannot differ.
 */
export function miterOf(entry: ModuleEntry, reach: Reach): string {
  const inputs = entry.ports.filter(({ direction }) => direction === "input");
  const outputs = entry.ports.filter(({ direction }) => direction === "output");
  const contract = contractOf(entry);
  const differs = (ports: readonly string[]): string[] => ports.flatMap((port) => differenceOf(port, reach));
  const terms = [
    ...differs(contract.always),
    ...contract.guarded.flatMap(({ valid, ports }) =>
      differs(ports).map((difference) => `(${valid}_original & ${difference})`),
    ),
  ];
  const instance = (name: string): string => {
    const connections = [
      ...inputs.map((port) => `.${port.name}(${port.name})`),
      ...outputs.map((port) => `.${port.name}(${port.name}_${name})`),
    ];
    return `  ${name} u_${name} (${connections.join(", ")});`;
  };
  return [
    `module miter(${[...inputs.map(({ name }) => name), "differs"].join(", ")});`,
    ...inputs.map((port) => `  input ${rangeOf(port)} ${port.name};`),
    "  output differs;",
    ...["original", "mutant"].flatMap((name) => [
      ...outputs.map((port) => `  wire ${rangeOf(port)} ${port.name}_${name};`),
      instance(name),
    ]),
    `  assign differs = ${terms.length === 0 ? "1'b0" : terms.join(" | ")};`,
    "endmodule",
    "",
  ].join("\n");
}

/**
 * The Verilog of a module `run` around `miter`, with an output `told`: whether the miter's outputs differ although the design
 * was reset once and its inputs have kept to their contract until now. Its own registers start at 0.
 */
export function runOf(entry: ModuleEntry): string {
  const inputs = entry.ports.filter(({ direction }) => direction === "input");
  const { clock, reset } = portsOf(entry);
  const connections = inputs.map(({ name }) => `.${name}(${name})`);
  return [
    `module run(${[...inputs.map(({ name }) => name), "told"].join(", ")});`,
    ...inputs.map((port) => `  input ${rangeOf(port)} ${port.name};`),
    "  output told;",
    "  wire differs;",
    "  reg was_reset = 1'b0;",
    "  reg was_illegal = 1'b0;",
    `  miter u_miter (${connections.join(", ")}, .differs(differs));`,
    `  wire illegal = ${reset} & (${illegalOf(entry)});`,
    `  always @(posedge ${clock}) begin`,
    `    was_reset <= was_reset | ~${reset};`,
    "    was_illegal <= was_illegal | illegal;",
    "  end",
    "  assign told = was_reset & ~was_illegal & ~illegal & differs;",
    "endmodule",
    "",
  ].join("\n");
}

/** What the inputs never do: TKEEP that is not the low lanes whole, at least one, and all of them but at the end of a row. */
function illegalOf({ kind, spec, ports }: ModuleEntry): string {
  if (kind === "core") return "1'b0";
  const width = ports.find(({ name }) => name === "s_axis_tkeep")?.width ?? 1;
  const bytes = formatBytes(parseFormat(spec.format));
  const copies = width / (spec.lanes * bytes);
  const legal = Array.from({ length: spec.lanes }, (_, lane) => {
    const kept = "1".repeat((lane + 1) * bytes).padStart(spec.lanes * bytes, "0");
    const same = `(s_axis_tkeep == {${copies}{${kept.length}'b${kept}}})`;
    return lane + 1 === spec.lanes ? same : `(s_axis_tlast & ${same})`;
  });
  return `s_axis_tvalid & ~(${legal.join(" | ")})`;
}

const rangeOf = ({ width }: PortEntry): string => `[${width - 1}:0]`;

function differenceOf(port: string, reach: Reach): string[] {
  const bits = reach.get(port);
  if (bits === undefined) return [];
  const chosen = (name: string): string => `{${bits.map((bit) => `${port}_${name}[${bit}]`).join(", ")}}`;
  return [`(${chosen("original")} != ${chosen("mutant")})`];
}
