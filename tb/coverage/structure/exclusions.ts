/**
 * Points that no stimulus reaches, each with its reason. A point is a bit (`prob_o[0..7][15]`; `a..b` is each of a to b) of a
 * file, or the block of a function in it. An entry that matches no point is an error, and so is one whose point was reached. (A
 * bit that is proved constant counts as not reached: what toggled it was the power-up value of a register.)
 */
export interface Exclusion {
  readonly files: readonly string[];
  readonly bits?: readonly string[];
  /** Names of functions whose block as a whole is not counted. */
  readonly functions?: readonly string[];
  /** The value that the bits always have, which is proved of the file's module by itself, whatever its inputs. */
  readonly constant?: 0 | 1;
  readonly reason: string;
}

const lanes = 8;
const elementBits = 16;
/** The sign bits of eight elements side by side. */
const signsOf = (signal: string): string[] =>
  Array.from({ length: lanes }, (_, lane) => `${signal}[${elementBits * (lane + 1) - 1}]`);

const elementwise = ["relu_bf16_x8", "fire_relu_bf16_x8", "flare_bf16_x8"] as const;
const softmax = ["softmax_bf16_x1", "softmax_bf16_x8"] as const;
const filesOf = (designs: readonly string[], suffix: string): string[] =>
  designs.map((design) => `${design}${suffix}.sv`);

const neverNegative = "no result is negative: the sign bit";
const always: readonly Exclusion[] = [
  {
    files: ["relu_bf16_lane.sv", "fire_relu_bf16_lane.sv", "flare_bf16_lane.sv", "exp_bf16_lane.sv"],
    bits: ["prob_o[15]"],
    constant: 0,
    reason: neverNegative,
  },
  {
    files: filesOf([...elementwise, "softmax_bf16_normalise"], ""),
    bits: ["prob_o[0..7][15]", "prob[0..7][15]"],
    constant: 0,
    reason: neverNegative,
  },
  {
    files: ["exp_bf16.sv"],
    bits: ["prob_o[0][15]", "prob[0][15]"],
    constant: 0,
    reason: neverNegative,
  },
  {
    files: ["softmax_bf16_prob_lane.sv"],
    bits: ["prob_o[15]", "prob[15]", "prob_q[15]"],
    constant: 0,
    reason: neverNegative,
  },
  {
    files: ["softmax_bf16_x1.sv"],
    bits: ["prob_o[0][15]", "prob[15]"],
    constant: 0,
    reason: neverNegative,
  },
  {
    files: ["softmax_bf16_x8.sv"],
    bits: ["prob_o[0..7][15]", ...signsOf("prob")],
    constant: 0,
    reason: neverNegative,
  },
  {
    files: filesOf([...elementwise, "softmax_bf16_x8"], "_axis"),
    bits: signsOf("m_axis_tdata"),
    constant: 0,
    reason: neverNegative,
  },
  {
    files: filesOf(elementwise, "_axis"),
    bits: [...signsOf("prob"), "unused_signs"],
    constant: 0,
    reason: neverNegative,
  },
  {
    files: ["exp_bf16_axis.sv", "softmax_bf16_x1_axis.sv"],
    bits: ["m_axis_tdata[15]", "prob[15]", "unused_signs"],
    constant: 0,
    reason: neverNegative,
  },
  {
    files: ["softmax_bf16_x8_axis.sv"],
    bits: signsOf("prob"),
    constant: 0,
    reason: neverNegative,
  },
];

const tables: readonly Exclusion[] = [
  {
    files: ["fire_relu_bf16_lane.sv", "flare_bf16_lane.sv"],
    bits: ["near_stop[0]"],
    constant: 0,
    reason: "a filler: the shift to the left is stopped at one of the places above",
  },
  {
    files: ["exp_bf16_lane.sv", "softmax_bf16_prob_lane.sv"],
    bits: ["exp2_coarse[10]"],
    constant: 1,
    reason: "the sign of a table of negative corrections",
  },
  {
    files: ["exp_bf16_lane.sv", "softmax_bf16_prob_lane.sv"],
    bits: ["level[10..12]", "level[14..20]"],
    constant: 1,
    reason: "a negative correction of less than 1,024 below -2^13",
  },
  {
    files: ["exp_bf16_lane.sv", "softmax_bf16_prob_lane.sv"],
    bits: ["level[13]"],
    constant: 0,
    reason: "a negative correction of less than 1,024 below -2^13",
  },
  {
    files: ["softmax_bf16_score_lane.sv"],
    bits: ["exp2_coarse[9]"],
    constant: 1,
    reason: "the sign of a table of negative corrections",
  },
];

const appended: readonly Exclusion[] = [
  {
    files: ["exp_bf16_lane.sv", "softmax_bf16_prob_lane.sv", "softmax_bf16_score_lane.sv"],
    bits: ["unaligned[0..3]"],
    constant: 0,
    reason: "zeros that are appended to the product, so that the shift can move into them",
  },
  {
    files: ["softmax_bf16_x1_statistics.sv", "softmax_bf16_term_lane_f23.sv"],
    bits: ["unit_term[0..10]"],
    constant: 0,
    reason: "zeros that are appended to the term, so that the shift can move into them",
  },
  {
    files: filesOf(softmax, "_statistics"),
    bits: ["marks[0..2]"],
    constant: 0,
    reason: "zeros that make the integer bits of the sum a power of two of places",
  },
  {
    files: ["softmax_bf16_score_lane.sv"],
    bits: ["significand[12]", "significand_o[12]"],
    constant: 1,
    reason: "2^fraction is from 1 to below 2: its integer bit",
  },
  {
    files: ["softmax_bf16_x1_statistics.sv"],
    bits: ["lane_significand[0][12]", "significand[12]", "significand_q[12]"],
    constant: 1,
    reason: "2^fraction is from 1 to below 2: its integer bit",
  },
  {
    files: ["softmax_bf16_x8_statistics.sv"],
    bits: ["lane_significand[0..7][12]", "lane_significand_q[0..2][0..7][12]"],
    constant: 1,
    reason: "2^fraction is from 1 to below 2: its integer bit",
  },
];

const ofTheSurroundings: readonly Exclusion[] = [
  {
    files: ["softmax_bf16_x8_axis.sv"],
    bits: ["unused_signs"],
    reason: "the parity of the sign bits, which are proved 0",
  },
  {
    files: ["softmax_bf16_term_lane_f23.sv"],
    bits: ["significand_i[12]"],
    reason: "2^fraction is from 1 to below 2: proved of the module above, which drives it",
  },
  {
    files: ["softmax_bf16_term_lane_f23.sv"],
    bits: ["difference[20]"],
    reason: "integer - maximum - 1 is negative, for the maximum is at least the integer",
  },
  {
    files: ["softmax_bf16_x1_axis.sv"],
    bits: ["result[15]", "norm_keep_q", "prob_keep"],
    reason: "every beat keeps its only element: the contract of AXI4-Stream here",
  },
];

const everyBeatKeeps = "every beat keeps its lowest element at least: the contract of AXI4-Stream here";
const contract: readonly Exclusion[] = [
  {
    files: filesOf(elementwise, "_axis"),
    bits: ["m_axis_tkeep[0..1]", "entry[120]", "kept_out[0]"],
    reason: everyBeatKeeps,
  },
  {
    files: ["exp_bf16_axis.sv"],
    bits: ["m_axis_tkeep[0..1]", "entry[15]", "kept_out"],
    reason: everyBeatKeeps,
  },
  { files: ["stream_fifo.sv"], bits: ["entries_q[0..7][120]", "data_o[120]"], reason: everyBeatKeeps },
  { files: ["softmax_bf16_x8_axis.sv"], bits: ["norm_keep_q[0]", "entry[120]", "kept_out[0]"], reason: everyBeatKeeps },
  { files: ["softmax_bf16_x1_axis.sv"], bits: ["entry[15]", "kept_out"], reason: everyBeatKeeps },
  { files: filesOf(softmax, "_axis"), bits: ["end_of_row[0]", "m_axis_tkeep[0..1]"], reason: everyBeatKeeps },
];

const uncountedBlock = "Verilator 5.006 does not count the block of a function; each `case` item in it is counted";
const tool: readonly Exclusion[] = [
  {
    files: ["softmax_bf16_pkg.sv"],
    functions: [
      "times_log2e",
      ...["exp2_term", "log2_sum", "exp2_probability"].flatMap((name) => [`${name}_coarse`, `${name}_fine`]),
    ],
    reason: uncountedBlock,
  },
];

export const exclusions: readonly Exclusion[] = [
  ...always,
  ...tables,
  ...appended,
  ...ofTheSurroundings,
  ...contract,
  ...tool,
];
