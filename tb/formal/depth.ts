import { buildDesign, designName, type Design } from "../../gen/design.ts";
import { families, type ElementwiseRequest } from "../../gen/families/index.ts";
import { not } from "../../gen/hdl/operators.ts";
import { formatWidth, type FloatFormat } from "../../gen/numeric/format.ts";
import type { ElementwiseSpec } from "../../gen/spec.ts";
import type { Lane } from "../../gen/units/lane.ts";
import { showValue } from "../check/outcome.ts";
import { takenBy, withOperand } from "../defect.ts";
import { coreOf, laneOf } from "./designs.ts";
import type { Fact, Proof, Twin } from "./proof.ts";
import { valueAt, type Trace } from "./trace.ts";

/** A unit at every depth that it has, from one stage. */
export function everyDepth(request: ElementwiseRequest): ElementwiseRequest[] {
  return families[request.unit].lane.plans.map((_, stages) => ({ ...request, stages })).slice(1);
}

export function withoutRegisters(spec: ElementwiseSpec): ElementwiseSpec {
  return { ...spec, stages: 0, isolate: false };
}

/** A core with registers gives what the core without any gives, as many cycles later as it has stages. */
export function depthProof(request: ElementwiseRequest, broken: Broken = "register"): Proof {
  const family = families[request.unit];
  const [lane, spec] = [family.lane, family.resolve(request)];
  const piped = buildDesign(spec);
  const flat = buildDesign(withoutRegisters(spec));
  const { stages } = spec;
  const cycles = stages === 1 ? "a cycle" : `${stages} cycles`;
  return {
    name: `depth ${designName(spec)}`,
    group: "depth",
    claim: `${designName(spec)} gives what ${designName(flat.spec)} gives, ${cycles} later, valid bits and results, after any reset`,
    entries: [coreOf(piped), coreOf(flat)],
    method: { kind: "induction", cycles: stages + 1 },
    problem: {
      designs: [piped.core, flat.core],
      stubs: {},
      properties: { "depth.sv": harness(piped, flat, lane, spec) },
      cuts: [],
      taps: [],
      lookInside: false,
    },
    properties: {
      ok_valid: `out_valid_o is in_valid_i of ${cycles} before, or 0 after a reset`,
      ok_prob: "where it is 1, prob_o is the result of the operands of then",
    },
    covers: { cycles: stages + 2, signals: { seen_result: "a result that is not 0" } },
    twin: twinOf(spec, laneOf(piped).name, broken),
    decode: (trace) => factsOf(trace, lane, spec),
  };
}

function harness(piped: Design, flat: Design, { hasBias }: Lane, { format, lanes, stages }: ElementwiseSpec): string {
  const width = lanes * formatWidth(format);
  const range = `[${width - 1}:0]`;
  const bias = hasBias ? ", .bias_i(bias_i)" : "";
  const inputs = `.clk_i(clk_i), .rst_ni(rst_ni), .in_valid_i(in_valid_i), .score_i(score_i)${bias}`;
  return `// A core with registers beside the one without, whose results wait in a line of ${stages} registers.
module formal_top (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic in_valid_i,
  input  logic ${range} score_i,
  input  logic ${range} bias_i,
  output logic out_valid,
  output logic ${range} prob,
  output logic valid_due,
  output logic ${range} prob_due,
  output logic ok_valid,
  output logic ok_prob,
  output logic seen_result
);
  logic flat_valid;
  logic ${range} flat_prob;
  ${flat.core.name} u_flat (${inputs}, .out_valid_o(flat_valid), .prob_o(flat_prob));
  ${piped.core.name} u_piped (${inputs}, .out_valid_o(out_valid), .prob_o(prob));

  logic [${stages}:0] valid_line;
  logic [${stages}:0]${range} prob_line;
  logic [${stages - 1}:0] valid_q;
  logic [${stages - 1}:0]${range} prob_q;
  assign valid_line = {valid_q, flat_valid};
  assign prob_line = {prob_q, flat_prob};
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) valid_q <= '0;
    else valid_q <= valid_line[${stages - 1}:0];
  always_ff @(posedge clk_i) prob_q <= prob_line[${stages - 1}:0];

  // The first cycle is in reset; what comes after it is free.
  logic started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_comb if (!started_q) assume (!rst_ni);

  assign valid_due = valid_line[${stages}];
  assign prob_due = prob_line[${stages}];
  assign ok_valid = out_valid == valid_due;
  assign ok_prob = !valid_due || prob == prob_due;
  assign seen_result = out_valid && prob != '0;
  always_comb begin
    assert (ok_valid);
    assert (ok_prob);
  end
endmodule
`;
}

/** What a unit can get wrong about time: a register that is not there, a valid bit that is early, isolation that holds what counts. */
type Broken = "valid bit" | "register";

function twinOf({ stages, isolate }: ElementwiseSpec, lane: string, broken: Broken): Twin {
  const cycles = stages + 3;
  if (broken === "valid bit") {
    return { name: "raises out_valid_o a cycle early", defect: { signal: "out_valid_o", value: takenBy }, cycles };
  }
  if (isolate && stages >= 3) {
    return {
      name: "loads an isolated register where it should hold it and the other way round",
      defect: { signal: "subtract_q", module: lane, register: ({ enable }) => ({ enable: enable && not(enable) }) },
      cycles,
    };
  }
  return {
    name: "lets the result out before its register",
    defect: {
      signal: "prob_o",
      module: lane,
      value: (value, module) => withOperand(value, 1, (own) => takenBy(own, module)),
    },
    cycles,
  };
}

function factsOf(trace: Trace, { hasBias }: Lane, { format, lanes, stages }: ElementwiseSpec): Fact[] {
  const cycle = trace.length - 1;
  const taken = cycle - stages;
  const each = (port: string, at: number): bigint[] => lanesOf(valueAt(trace, at, port), format, lanes);
  const [due, got] = [each("prob_due", cycle), each("prob", cycle)];
  const lane = Math.max(
    0,
    due.findIndex((value, index) => value !== got[index]),
  );
  const show = (values: readonly bigint[]): string => showValue(values[lane] ?? 0n, format);
  const operands: Fact[] =
    taken < 0
      ? []
      : [
          [`score_i in cycle ${taken}`, show(each("score_i", taken))],
          ...(hasBias ? [[`bias_i in cycle ${taken}`, show(each("bias_i", taken))] as const] : []),
        ];
  return [
    ["lane", String(lane)],
    ...operands,
    ["expected", `out_valid_o ${valueAt(trace, cycle, "valid_due")}, prob_o ${show(due)}`],
    ["got", `out_valid_o ${valueAt(trace, cycle, "out_valid")}, prob_o ${show(got)}`],
  ];
}

function lanesOf(value: bigint, format: FloatFormat, count: number): bigint[] {
  const width = formatWidth(format);
  return Array.from({ length: count }, (_, lane) => BigInt.asUintN(width, value >> BigInt(lane * width)));
}
