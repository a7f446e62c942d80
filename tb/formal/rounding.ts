import { buildDesign, resolveSpec } from "../../gen/design.ts";
import type { ElementwiseUnit } from "../../gen/families/index.ts";
import { formatWidth, type FloatFormat } from "../../gen/numeric/format.ts";
import type { SubnormalMode } from "../../gen/spec.ts";
import { showValue } from "../check/outcome.ts";
import { operand } from "../defect.ts";
import { coreOf } from "./designs.ts";
import type { Fact, Proof } from "./proof.ts";
import { propertyFile } from "./property-file.ts";
import { valueAt, type Trace } from "./trace.ts";

/** Formats in which the solver is done in time: those with few exponents, since exact sums are as wide as the range of the format. */
const formats: readonly (readonly [string, SubnormalMode])[] = [
  ["e2m1", "keep"],
  ["e2m3", "keep"],
  ["e3m2", "keep"],
  ["fp8_e4m3", "keep"],
  ["fp8_e5m2", "keep"],
  ["fp8_e4m3", "flush"],
  ["fp8_e5m2", "flush"],
];

/** A unit is the exact sum of score and bias, rounded once, if that is positive. */
export function roundingProofs(unit: ElementwiseUnit): Proof[] {
  return formats.map(([format, subnormals]) => roundingProof(unit, format, subnormals));
}

export function roundingProof(unit: ElementwiseUnit, name: string, subnormals: SubnormalMode): Proof {
  const design = buildDesign(resolveSpec({ unit, format: name, subnormals, lanes: 1, stages: 0 }));
  const { format } = design.spec;
  return {
    name: `rounding ${name} ${subnormals}`,
    group: "rounding",
    claim: `${unit} gives the exact sum of score and bias, rounded to nearest, ties to even, or 0 where it is not positive, in ${name}, subnormals ${subnormals === "keep" ? "computed in full" : "flushed"}`,
    entries: [coreOf(design)],
    method: { kind: "combinational" },
    problem: {
      designs: [design.core],
      stubs: {},
      properties: {
        "rounding.sv": propertyFile("rounding.sv"),
        "formal_top.sv": harness(design.core.name, format, subnormals),
      },
      cuts: [],
      taps: [],
      lookInside: false,
    },
    properties: {
      ok_nan: "a NaN operand, or inf - inf, gives the canonical NaN",
      ok_infinity: "an infinite operand gives +inf, or +0 where it is negative",
      ok_zero: "a sum that is not positive, or is flushed, gives +0",
      ok_nearest:
        "a positive sum is not beyond the middle between the result and either of its neighbours; in the middle, the result is even",
    },
    covers: undefined,
    twin: {
      name: "rounds ties up",
      defect: { signal: "round_up", value: (value) => operand(value, 0) },
      cycles: 0,
    },
    decode: (trace) => factsOf(unit, trace, format),
  };
}

function harness(core: string, format: FloatFormat, subnormals: SubnormalMode): string {
  const range = `[${formatWidth(format) - 1}:0]`;
  return `module formal_top (
  input  logic ${range} score_i,
  input  logic ${range} bias_i,
  output logic ${range} prob,
  output logic ok_nan,
  output logic ok_infinity,
  output logic ok_zero,
  output logic ok_nearest
);
  logic valid;
  ${core} u_dut (
    .clk_i(1'b0), .rst_ni(1'b1), .in_valid_i(1'b1), .score_i(score_i), .bias_i(bias_i), .out_valid_o(valid), .prob_o(prob)
  );
  rounding #(
    .ExponentBits(${format.exponentBits}), .MantissaBits(${format.mantissaBits}), .Flush(${subnormals === "flush" ? 1 : 0})
  ) u_properties (
    .score(score_i), .bias(bias_i), .result(prob),
    .ok_nan(ok_nan), .ok_infinity(ok_infinity), .ok_zero(ok_zero), .ok_nearest(ok_nearest)
  );
endmodule
`;
}

function factsOf(unit: ElementwiseUnit, trace: Trace, format: FloatFormat): Fact[] {
  return ["score_i", "bias_i", "prob"].map((port) => [
    port === "prob" ? unit : port,
    showValue(valueAt(trace, 0, port), format),
  ]);
}
