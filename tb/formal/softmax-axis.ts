import { ones } from "../../gen/hdl/operators.ts";
import { buildDesign, type Design } from "../../gen/design.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import type { SoftmaxSpec } from "../../gen/spec.ts";
import { busFacts } from "./bus-facts.ts";
import { withoutOperand } from "../defect.ts";
import { wrapperOf } from "./designs.ts";
import type { Proof, Twin } from "./proof.ts";
import { propertyFile } from "./property-file.ts";

export interface SoftmaxAxisRequest {
  readonly design: SoftmaxSpec;
  /** Cycles from reset. */
  readonly bound: number;
  readonly twin: keyof typeof defects;
}

/** The wrapper of softmax keeps its protocol and its beats, whatever the arithmetic of its two passes answers. */
export function softmaxAxisProof({ design: spec, bound, twin }: SoftmaxAxisRequest): Proof {
  const design = buildDesign(spec);
  const entry = wrapperOf(design);
  const limits = limitsOf(spec, entry);
  return {
    name: `rows ${entry.name}`,
    group: "rows",
    claim:
      `${entry.name} delivers every beat in order, with its TLAST, its TKEEP and what pass 2 gave for it, whatever the length of ` +
      "rows and whatever TVALID, TREADY and resets do, and does not lock up",
    entries: [entry],
    method: { kind: "bounded", cycles: bound },
    problem: {
      designs: [design.axis],
      stubs: {},
      properties: {
        "softmax_axis.sv": propertyFile("softmax_axis.sv"),
        "formal_top.sv": harness(design, spec, limits),
      },
      // Both passes' lanes: what is left is control. What read their operands goes with them.
      cuts: ["cutpoint t:*_prob_lane* t:*_score_lane* t:*_term_lane*"],
      taps: [
        ["prob_valid", "u_dut.prob_valid"],
        ["prob", "u_dut.prob"],
      ],
      lookInside: false,
    },
    properties: propertyWords(limits),
    covers: { cycles: bound, signals: seen },
    twin: { ...defects[twin], cycles: bound },
    decode: busFacts,
  };
}

const seen: Readonly<Record<string, string>> = {
  seen_row: "a row that ends while another whole row is inside",
  seen_stall: "a stalled output",
  seen_full: "a wrapper that is full",
};

/** What the properties are told of a design. */
interface Limits {
  readonly mostInside: number;
  readonly latency: number;
  readonly mostBlocked: number;
}

function limitsOf({ lanes, maxLength, stages }: SoftmaxSpec, { latency }: ModuleEntry): Limits {
  // A full row buffer; and as many results as the queue has entries, from the read of their beat on.
  const mostInside = maxLength / lanes + stages + 4;
  return { mostInside, latency, mostBlocked: latency };
}

function propertyWords({ mostInside, latency, mostBlocked }: Limits): Record<string, string> {
  return {
    ok_reset: "m_axis_tvalid is low in reset",
    ok_stable: "m_axis_tvalid stays until m_axis_tready, and TDATA, TKEEP and TLAST with it",
    ok_nothing_extra: "nothing comes out that did not go in",
    ok_beat: "each beat leaves behind those that came before it, with its TKEEP, its TLAST and what pass 2 gave for it",
    ok_room: `at most ${mostInside} beats are inside`,
    ok_progress: `while a whole row is inside, m_axis_tvalid is low for at most ${latency} cycles on end`,
    ok_ready: `while results are taken, s_axis_tready is low for at most ${mostBlocked} cycles on end`,
  };
}

function harness(design: Design, { lanes }: SoftmaxSpec, { mostInside, latency, mostBlocked }: Limits): string {
  const ports = (bus: string): string =>
    ["tdata", "tkeep", "tlast", "tvalid", "tready"].map((name) => `.${bus}_axis_${name}(${bus}_${name})`).join(", ");
  const bus = ["tdata", "tkeep", "tlast", "tvalid", "tready"];
  const outputs = [...Object.keys(propertyWords({ mostInside, latency, mostBlocked })), ...Object.keys(seen)];
  const named = [
    "aclk",
    "aresetn",
    ...bus.map((name) => `s_${name}`),
    ...bus.map((name) => `m_${name}`),
    "prob_valid",
    "prob",
  ];
  return `module formal_top (
  input  logic aclk,
  input  logic aresetn,
  input  logic [${lanes * 16 - 1}:0] s_tdata,
  input  logic [${lanes * 2 - 1}:0] s_tkeep,
  input  logic s_tlast,
  input  logic s_tvalid,
  output logic s_tready,
  output logic [${lanes * 16 - 1}:0] m_tdata,
  output logic [${lanes * 2 - 1}:0] m_tkeep,
  output logic m_tlast,
  output logic m_tvalid,
  input  logic m_tready,
${outputs.map((name) => `  output logic ${name}`).join(",\n")}
);
  logic prob_valid;
  logic [${lanes * 16 - 1}:0] prob;
  ${design.axis.name} u_dut (.aclk(aclk), .aresetn(aresetn), ${ports("s")}, ${ports("m")});
  softmax_axis #(
    .Lanes(${lanes}), .MostInside(${mostInside}), .Latency(${latency}), .MostBlocked(${mostBlocked})
  ) u_properties (
    ${[...named, ...outputs].map((name) => `.${name}(${name})`).join(", ")}
  );
endmodule
`;
}

/** What wrappers with two passes get wrong. */
const defects = {
  overtakes: {
    name: "begins to read a row before the last beat of the row before it has reached pass 2",
    defect: { signal: "read", value: (value) => withoutOperand(value, 1) },
  },
  keep: {
    name: "keeps all lanes of a row's last beat",
    defect: { signal: "norm_keep_q", value: ({ width }) => ones(width) },
  },
} satisfies Readonly<Record<string, Omit<Twin, "cycles">>>;
