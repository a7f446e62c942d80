import { buildDesign, type Design } from "../../gen/design.ts";
import { families, type ElementwiseRequest } from "../../gen/families/index.ts";
import { formatBytes, formatWidth } from "../../gen/numeric/format.ts";
import type { ElementwiseSpec } from "../../gen/spec.ts";
import type { Lane } from "../../gen/units/lane.ts";
import { busFacts } from "./bus-facts.ts";
import { withoutRegisters } from "./depth.ts";
import { laneOf, wrapperOf } from "./designs.ts";
import { axisTwin, type axisDefects } from "./axis-defects.ts";
import type { Problem, Proof } from "./proof.ts";
import { propertyFile } from "./property-file.ts";

/**
 * Where the results come from that a wrapper must deliver: `real` lanes, beside which a core without registers computes what is due;
 * or lanes that answer `any` value at all, but as many cycles after the operands as the real one. A wrapper that delivers whatever a
 * lane answers delivers the real results, too.
 */
export type Lanes = "real" | "any";

export interface AxisRequest {
  readonly design: ElementwiseRequest;
  readonly lanes: Lanes;
  readonly twin: keyof typeof axisDefects;
}

export function elementwiseAxisProof({ design: request, lanes: kind, twin }: AxisRequest): Proof {
  const family = families[request.unit];
  const [lane, spec] = [family.lane, family.resolve(request)];
  const design = buildDesign(spec);
  const entry = wrapperOf(design);
  const of = kind === "real" ? "what its core without registers gives" : "what its lanes answer";
  return {
    name: `stream ${entry.name}, ${kind} lanes`,
    group: "stream",
    claim: `${entry.name} delivers, of every beat and in order, ${of}, with its TLAST and TKEEP, whatever TVALID, TREADY and resets do, and never locks up`,
    entries: [entry],
    method: { kind: "induction", cycles: spec.stages + 2 },
    problem: problemOf(design, lane, spec, kind),
    properties: propertyWords(spec.stages),
    covers: {
      cycles: 2 * spec.stages + 6,
      signals: {
        seen_transfer: "a beat taken and a beat delivered in one cycle",
        seen_stall: "a stalled output",
        seen_full: "a stalled input",
        seen_last: "the end of a row",
      },
    },
    twin: axisTwin(twin, spec.stages),
    decode: busFacts,
  };
}

function propertyWords(latency: number): Record<string, string> {
  return {
    ok_operands: "each lane is given its own bits of TDATA",
    ok_reset: "m_axis_tvalid is low in reset",
    ok_stable: "m_axis_tvalid stays until m_axis_tready, and TDATA, TKEEP and TLAST with it",
    ok_nothing_extra: "nothing comes out that did not go in",
    ok_beat: "each beat leaves behind those that came before it, with its results, TKEEP and TLAST",
    ok_ready: `s_axis_tready is low while ${latency + 2} beats are inside, and only then; it is high in the cycle after one has left`,
    ok_progress: `while a beat is inside, m_axis_tvalid is low for at most ${latency} cycles on end`,
    ok_inside: "credits and pointers agree with the beats that are inside",
    ok_queue: "the beat stands in its place in the queue",
  };
}

function problemOf(design: Design, lane: Lane, spec: ElementwiseSpec, kind: Lanes): Problem {
  const laneName = laneOf(design).name;
  const flat = buildDesign(withoutRegisters(spec));
  const real = kind === "real";
  return {
    designs: real ? [design.axis, flat.core] : [design.axis],
    stubs: real ? {} : { [`${laneName}.sv`]: anyLane(laneName, lane, spec) },
    properties: {
      "elementwise_axis.sv": propertyFile("elementwise_axis.sv"),
      "formal_top.sv": harness(design, lane, spec, real ? flat : undefined),
    },
    cuts: [],
    taps: tapsOf(lane, spec, kind),
    lookInside: true,
  };
}

/** A lane of the same ports and latency that answers what it likes. */
function anyLane(name: string, { hasBias }: Lane, { format, stages }: ElementwiseSpec): string {
  const width = formatWidth(format);
  const bias = hasBias ? `  input  logic [${width - 1}:0] bias_i,\n` : "";
  return `// Stands for any lane that takes ${stages} cycles.
module ${name} (
  input  logic clk_i,
  input  logic [${width - 1}:0] score_i,
${bias}  output logic [${width - 1}:0] prob_o
);
  (* anyseq *) logic [${width - 2}:0] answer;
  logic [${stages}:0][${width - 2}:0] line;
  logic [${stages - 1}:0][${width - 2}:0] line_q;
  assign line = {line_q, answer};
  always_ff @(posedge clk_i) line_q <= line[${stages - 1}:0];
  assign prob_o = {1'b0, line[${stages}]};
endmodule
`;
}

function tapsOf(
  { hasBias }: Lane,
  { lanes: count, stages }: ElementwiseSpec,
  kind: Lanes,
): (readonly [string, string])[] {
  const lane = (index: number): string => `u_dut.u_beat.u_core.gen_lane[${index}].u_lane`;
  const eachLane = Array.from({ length: count }, (_, index) => index).flatMap((index) => [
    [`score_${index}`, `${lane(index)}.score_i`] as const,
    ...(hasBias ? [[`bias_${index}`, `${lane(index)}.bias_i`] as const] : []),
    ...(kind === "any" ? [[`answer_${index}`, `${lane(index)}.answer`] as const] : []),
  ]);
  const entries = Array.from(
    { length: stages + 2 },
    (_, index) => [`entry_${index}`, `u_dut.u_fifo.entries_q[${index}]`] as const,
  );
  return [
    ["credits", "u_dut.credits_q"],
    ["waiting", "u_dut.u_fifo.count_q"],
    ["write_pointer", "u_dut.u_fifo.write_pointer_q"],
    ["read_pointer", "u_dut.u_fifo.read_pointer_q"],
    ...entries,
    ...eachLane,
  ];
}

/** The wrapper, its properties, and wires for what they look at inside. */
function harness(design: Design, { hasBias }: Lane, spec: ElementwiseSpec, flat: Design | undefined): string {
  const { format } = spec;
  const [width, bytes, count] = [formatWidth(format), formatBytes(format), spec.lanes];
  const operands = hasBias ? 2 : 1;
  const depth = spec.stages + 2;
  const bits = (most: number): number => Math.max(1, Math.ceil(Math.log2(most + 1)));
  const down = (name: string, many: number): string =>
    Array.from({ length: many }, (_, i) => `${name}_${many - 1 - i}`).join(", ");
  const wires = (name: string, many: number, size: number): string =>
    `  logic [${size - 1}:0] ${Array.from({ length: many }, (_, i) => `${name}_${i}`).join(", ")};`;
  const operandList = `{${hasBias ? `${down("bias", count)}, ` : ""}${down("score", count)}}`;
  const bias = hasBias ? `, .bias_i({${down("bias", count)}})` : "";
  const answers =
    flat === undefined
      ? `${wires("answer", count, width - 1)}
  assign answers = {${Array.from({ length: count }, (_, i) => `1'b0, answer_${count - 1 - i}`).join(", ")}};`
      : `  logic flat_valid;
  ${flat.core.name} u_flat (.clk_i(aclk), .rst_ni(aresetn), .in_valid_i(1'b1), .score_i({${down("score", count)}})${bias}, .out_valid_o(flat_valid), .prob_o(answers));`;
  const ports = (bus: string): string =>
    ["tdata", "tkeep", "tlast", "tvalid", "tready"].map((name) => `.${bus}_axis_${name}(${bus}_${name})`).join(", ");
  const seen = [...Object.keys(propertyWords(0)), "seen_transfer", "seen_stall", "seen_full", "seen_last"];
  return `module formal_top (
  input  logic aclk,
  input  logic aresetn,
  input  logic [${operands * count * bytes * 8 - 1}:0] s_tdata,
  input  logic [${operands * count * bytes - 1}:0] s_tkeep,
  input  logic s_tlast,
  input  logic s_tvalid,
  output logic s_tready,
  output logic [${count * bytes * 8 - 1}:0] m_tdata,
  output logic [${count * bytes - 1}:0] m_tkeep,
  output logic m_tlast,
  output logic m_tvalid,
  input  logic m_tready,
${seen.map((name) => `  output logic ${name}`).join(",\n")}
);
  logic [${bits(depth) - 1}:0] credits, waiting;
  logic [${bits(depth - 1) - 1}:0] write_pointer, read_pointer;
  logic [${count * width - 1}:0] answers;
${wires("entry", depth, 1 + count * width)}
${wires("score", count, width)}
${hasBias ? `${wires("bias", count, width)}\n` : ""}${answers}
  ${design.axis.name} u_dut (.aclk(aclk), .aresetn(aresetn), ${ports("s")}, ${ports("m")});
  elementwise_axis #(
    .Lanes(${count}), .Width(${width}), .Bytes(${bytes}), .Operands(${operands}), .Latency(${spec.stages})
  ) u_properties (
    .operands(${operandList}),
    .entries({${down("entry", depth)}}),
    ${["aclk", "aresetn", "s_tdata", "s_tkeep", "s_tlast", "s_tvalid", "s_tready", "m_tdata", "m_tkeep", "m_tlast", "m_tvalid", "m_tready", "answers", "credits", "waiting", "write_pointer", "read_pointer", ...seen].map((name) => `.${name}(${name})`).join(", ")}
  );
endmodule
`;
}
