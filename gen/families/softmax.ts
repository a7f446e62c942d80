import type { Header } from "../hdl/module.ts";
import { UserError } from "../host/user-error.ts";
import { parseFormat } from "../numeric/format.ts";
import { maxLengthBounds } from "../numeric/softmax_arithmetic.ts";
import type { SoftmaxSpec } from "../spec.ts";
import { busLayout, keepRules, laneRules, rulesNote } from "../units/axis_bus.ts";
import { axisLatency, softmaxAxis } from "../units/softmax_axis.ts";
import { passCycles, softmaxCore } from "../units/softmax_core.ts";
import { cutsOf, stageBounds } from "../units/softmax_spec.ts";
import { checkLanes, refuse, type Blueprint, type Family, type SpecRequest } from "./family.ts";

/** Its tables are made for this one. */
const onlyFormat = "bf16";
const laneBounds = { least: 1, most: 16 } as const;
const defaults = { lanes: 8, maxLength: 4096, stages: 4 } as const;

/** The softmax engine: two passes over a row. */
export const softmax: Family<SoftmaxSpec> = {
  published: [{ lanes: 1 }, { lanes: 8 }],
  resolve,
  name,
  options,
  words: ({ maxLength }) => `rows of up to ${maxLength}`,
  build,
};

function resolve(request: SpecRequest): SoftmaxSpec {
  refuse(request, "isolate", "softmax has no operand isolation; leave --isolate and --no-isolate out");
  const { unit } = request;
  const format = parseFormat(request.format ?? onlyFormat);
  if (format.name !== onlyFormat) {
    throw new UserError(`softmax has no ${format.name}: its tables are made for ${onlyFormat}; leave --format out`);
  }
  const lanes = checkLanes(request.lanes ?? defaults.lanes, laneBounds);
  const stages = request.stages ?? defaults.stages;
  if (!Number.isInteger(stages) || stages < stageBounds.least || stages > stageBounds.most) {
    throw new UserError(`softmax cannot have ${stages} stages; use ${stageBounds.least} to ${stageBounds.most}`);
  }
  return {
    unit,
    format,
    lanes,
    maxLength: checkMaxLength(request.maxLength ?? defaultMaxLength(lanes), lanes),
    stages,
    subnormals: request.subnormals ?? "keep",
  };
}

/** 4096, or the multiple of the lanes below it. */
const defaultMaxLength = (lanes: number): number => defaults.maxLength - (defaults.maxLength % lanes);

function checkMaxLength(maxLength: number, lanes: number): number {
  const { least, most } = maxLengthBounds;
  if (!Number.isInteger(maxLength) || maxLength < least || maxLength > most) {
    throw new UserError(`rows of up to ${maxLength} elements are not possible; use --max-length ${least} to ${most}`);
  }
  if (maxLength % lanes !== 0) {
    const below = maxLength - (maxLength % lanes);
    throw new UserError(
      `rows of up to ${maxLength} elements do not fill beats of ${lanes} lanes; use a multiple, such as --max-length ${below || lanes}`,
    );
  }
  return maxLength;
}

/** `softmax_bf16_x8`, `softmax_bf16_x1_n512_s2_ftz`. */
function name({ unit, format, lanes, maxLength, stages, subnormals }: SoftmaxSpec): string {
  const suffixes = [
    maxLength === defaultMaxLength(lanes) ? "" : `_n${maxLength}`,
    stages === defaults.stages ? "" : `_s${stages}`,
    subnormals === "keep" ? "" : "_ftz",
  ];
  return `${unit}_${format.name}_x${lanes}${suffixes.join("")}`;
}

function options({ unit, lanes, maxLength, stages, subnormals }: SoftmaxSpec): string {
  return `--unit ${unit} --lanes ${lanes} --max-length ${maxLength} --stages ${stages} --subnormals ${subnormals}`;
}

function build(spec: SoftmaxSpec, coreName: string, command: string): Blueprint {
  const { lanes, maxLength, stages, subnormals } = spec;
  const cuts = cutsOf(lanes, stages);
  const core = softmaxCore({ lanes, maxLength, subnormals, cuts }, coreName, coreHeader(spec, command));
  const latency = axisLatency(core, stages);
  const rules = keepRules(busLayout(spec.format, lanes, 1));
  const axis = softmaxAxis(spec, `${coreName}_axis`, axisHeader(spec, latency, rules, command), core);
  const [statistics, normalise] = passCycles(core);
  return {
    core: { module: core, latency: stages, passes: [statistics, normalise], rules: laneRules(lanes) },
    axis: { module: axis, latency, passes: [statistics, normalise], rules },
  };
}

const equation = "p_i = exp(x_i) / sum of exp(x_j), over the elements of a row: softmax by online normalisation";

const coreNotes = [
  "Two passes over a row, whose buffer is outside: pass 1 (stat_*) keeps the running maximum and the running sum that is " +
    "rescaled when the maximum grows, pass 2 (norm_*) takes the same beats again and gives the probabilities (prob_*). " +
    "Pass 1 of a row runs while pass 2 of the one before does. stat_* and norm_* are handshakes; prob_* cannot be stalled.",
  "Every result is within one unit in the last place, for every row of finite scores; -inf (a mask) gives +0; p below " +
    "2^-126 gives +0. A NaN or +inf, or nothing but -inf, gives 0x7FC0 for the whole row. Equal scores give equal results, a " +
    "larger score never a smaller one.",
];

function specNotes({ format, lanes, maxLength, stages, subnormals }: SoftmaxSpec, command: string): string[] {
  const { name, exponentBits, mantissaBits } = format;
  const inputs = subnormals === "keep" ? "subnormal scores are exact" : "subnormal scores count as zero";
  const [statistics, normalise] = [cutsOf(lanes, stages).statistics, cutsOf(lanes, stages).normalise];
  return [
    "",
    `Format: ${name} (sign, ${exponentBits} exponent bits, ${mantissaBits} mantissa bits); ${inputs}, results are never subnormal.`,
    `Rows: up to ${maxLength} elements, ${lanes === 1 ? "one" : lanes} per beat.`,
    `Latency of pass 2: ${stages} cycles, one beat per cycle; registers at: ${normalise.join(", ")}, output.`,
    `Registers of pass 1 at: ${statistics.join(", ")}, and in the two recurrences.`,
    "",
    `Generated, not edited by hand: ${command}`,
  ];
}

function coreHeader(spec: SoftmaxSpec, command: string): Header {
  const rules = rulesNote("stat_keep_i and norm_keep_i", laneRules(spec.lanes));
  return { purpose: equation, notes: [...coreNotes, rules, ...specNotes(spec, command)] };
}

function axisHeader(spec: SoftmaxSpec, latency: number, rules: readonly string[], command: string): Header {
  return {
    purpose: `${equation}, AXI4-Stream on both sides`,
    notes: [
      "TLAST ends a row. The row buffer is inside, as a module of its own, so that an SRAM can take its place. The next row " +
        "is accepted while the one before it drains.",
      `A row longer than ${spec.maxLength} elements comes out at its own length with 0x7FC0 in every element.`,
      ...coreNotes.slice(1, 2),
      rulesNote("TKEEP", rules),
      `Latency: ${latency} cycles from a row's last beat to its first result, one beat per cycle.`,
      ...specNotes(spec, command),
    ],
  };
}
