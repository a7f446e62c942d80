import { buildDesign, resolveSpec, type Design } from "../../gen/design.ts";
import type { ElementwiseUnit } from "../../gen/families/index.ts";
import { formatWidth, parseFormat, type FloatFormat } from "../../gen/numeric/format.ts";
import type { SubnormalMode } from "../../gen/spec.ts";
import { showValue } from "../check/outcome.ts";
import { operand } from "../defect.ts";
import { coreOf } from "./designs.ts";
import type { Fact, Proof, Twin } from "./proof.ts";
import { valueAt, type Trace } from "./trace.ts";

/** Exponents from 2 to 5 bits with mantissas from 1 to 10, FP8 and FP16 among them; then BF16, the 19 bits of TF32, and binary32. */
const formats: readonly string[] = [
  ...range(2, 5).flatMap((exponentBits) => range(1, 10).map((mantissaBits) => `e${exponentBits}m${mantissaBits}`)),
  ...["bf16", "e8m10", "e8m23"],
].map((name) => parseFormat(name).name);

/** Those that are proved with flushed subnormals, too. */
const flushed: readonly string[] = ["e2m1", "fp8_e4m3", "fp8_e5m2", "fp16", "bf16", "e8m23"];

function range(least: number, most: number): number[] {
  return Array.from({ length: most - least + 1 }, (_, i) => least + i);
}

/** Two units that are to be one function, in one step and in two. */
export interface Fusion {
  readonly fused: ElementwiseUnit;
  readonly unfused: ElementwiseUnit;
}

export function fusionProofs(units: Fusion): Proof[] {
  return [
    ...formats.map((format) => fusionProof(units, format, "keep")),
    ...flushed.map((format) => fusionProof(units, format, "flush")),
  ];
}

/** One lane, without registers: what a core of any lanes and depth computes, by the proofs of depth. */
export function fusionProof(units: Fusion, format: string, subnormals: SubnormalMode): Proof {
  const designOf = (unit: ElementwiseUnit): Design =>
    buildDesign(resolveSpec({ unit, format, subnormals, lanes: 1, stages: 0 }));
  const [fused, unfused] = [designOf(units.fused), designOf(units.unfused)];
  const parsed = fused.spec.format;
  const words = subnormals === "keep" ? "subnormals computed in full" : "subnormals flushed";
  return {
    name: `fusion ${format} ${subnormals}`,
    group: "fusion",
    claim: `${units.fused} gives what ${units.unfused} gives for every score and bias in ${format}, ${words}, and its sign is 0`,
    entries: [coreOf(fused), coreOf(unfused)],
    method: { kind: "combinational" },
    problem: {
      designs: [fused.core, unfused.core],
      stubs: {},
      properties: { "fusion.sv": harness(fused.core.name, unfused.core.name, formatWidth(parsed)) },
      cuts: [],
      taps: [],
      lookInside: false,
    },
    properties: {
      ok_valid: "both say that a result is there",
      ok_equal: "the results are equal",
      ok_sign: "the sign is 0",
    },
    covers: undefined,
    twin: twinOf(subnormals),
    decode: (trace) => factsOf(units, trace, parsed),
  };
}

function harness(fused: string, unfused: string, width: number): string {
  const inputs = ".clk_i(1'b0), .rst_ni(1'b1), .in_valid_i(in_valid_i), .score_i(score_i), .bias_i(bias_i)";
  return `// The fused and the unfused unit side by side, without registers.
module formal_top (
  input  logic in_valid_i,
  input  logic [${width - 1}:0] score_i,
  input  logic [${width - 1}:0] bias_i,
  output logic [${width - 1}:0] unfused,
  output logic [${width - 1}:0] fused,
  output logic ok_valid,
  output logic ok_equal,
  output logic ok_sign
);
  logic unfused_valid;
  logic fused_valid;
  ${unfused} u_unfused (${inputs}, .out_valid_o(unfused_valid), .prob_o(unfused));
  ${fused} u_fused (${inputs}, .out_valid_o(fused_valid), .prob_o(fused));
  assign ok_valid = (unfused_valid == in_valid_i) && (fused_valid == in_valid_i);
  assign ok_equal = fused == unfused;
  assign ok_sign = !fused[${width - 1}];
  always_comb begin
    assert (ok_valid);
    assert (ok_equal);
    assert (ok_sign);
  end
endmodule
`;
}

/** A defect that only a few operands show. */
function twinOf(subnormals: SubnormalMode): Twin {
  const [name, signal] =
    subnormals === "keep" ? ["rounds ties up", "round_up"] : ["keeps subnormal results", "has_mantissa"];
  return { name, defect: { signal, value: (value) => operand(value, 0) }, cycles: 0 };
}

function factsOf({ fused, unfused }: Fusion, trace: Trace, format: FloatFormat): Fact[] {
  const show = (port: string): string => showValue(valueAt(trace, 0, port), format);
  return [
    ["score_i", show("score_i")],
    ["bias_i", show("bias_i")],
    [unfused, show("unfused")],
    [fused, show("fused")],
  ];
}
