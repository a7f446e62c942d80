/**
 * Points that no stimulus reaches, each with its reason, besides the bits that `constants.ts` finds constant. A point is a bit
 * (`prob_o[0..7][15]`; `a..b` is each of a to b) of a file, or the block of a function in it. An entry that matches no point is an
 * error, and so is one whose point was reached or is excluded already. (A bit that is proved constant counts as not reached: what
 * toggled it was the power-up value of a register.)
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

const elementwise = ["relu_bf16_x8", "fire_relu_bf16_x8", "flare_bf16_x8"] as const;
const softmax = ["softmax_bf16_x1", "softmax_bf16_x8"] as const;
const filesOf = (designs: readonly string[], suffix: string): string[] =>
  designs.map((design) => `${design}${suffix}.sv`);

const oneBeforeThePoint = "2^fraction is from 1 to below 2: its integer bit";
const related: readonly Exclusion[] = [
  {
    files: filesOf(softmax, "_statistics_score_lane"),
    bits: ["significand[12]", "significand_o[12]"],
    constant: 1,
    reason: oneBeforeThePoint,
  },
  {
    files: ["softmax_bf16_x1_statistics.sv"],
    bits: ["lane_significand[0][12]", "significand[12]", "significand_q[12]"],
    constant: 1,
    reason: oneBeforeThePoint,
  },
  {
    files: ["softmax_bf16_x8_statistics.sv"],
    bits: ["lane_significand[0..7][12]", ...["_q", "_q2", "_q3"].map((stage) => `lane_significand${stage}[0..7][12]`)],
    constant: 1,
    reason: oneBeforeThePoint,
  },
];

const ofTheSurroundings: readonly Exclusion[] = [
  {
    files: ["softmax_bf16_x8_statistics_term_lane.sv"],
    bits: ["significand_i[12]"],
    reason: "2^fraction is from 1 to below 2: proved of the module above, which drives it",
  },
  {
    files: ["softmax_bf16_x8_statistics_term_lane.sv"],
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
  {
    files: filesOf(["fire_relu_bf16_x8", "flare_bf16_x8"], "_axis_fifo"),
    bits: ["entries_q[0..5][120]", "data_o[120]"],
    reason: everyBeatKeeps,
  },
  { files: ["relu_bf16_x8_axis_fifo.sv"], bits: ["entries_q[0..2][120]", "data_o[120]"], reason: everyBeatKeeps },
  { files: ["exp_bf16_axis_fifo.sv"], bits: ["entries_q[0..5][15]", "data_o[15]"], reason: everyBeatKeeps },
  {
    files: ["softmax_bf16_x1_axis_fifo.sv"],
    bits: ["entries_q[0..7][15]", "push_data_i[15]", "data_o[15]"],
    reason: everyBeatKeeps,
  },
  { files: ["softmax_bf16_x8_axis_fifo.sv"], bits: ["entries_q[0..7][120]", "data_o[120]"], reason: everyBeatKeeps },
  { files: ["softmax_bf16_x8_axis.sv"], bits: ["norm_keep_q[0]", "entry[120]", "kept_out[0]"], reason: everyBeatKeeps },
  { files: ["softmax_bf16_x1_axis.sv"], bits: ["entry[15]", "kept_out"], reason: everyBeatKeeps },
  { files: filesOf(softmax, "_axis"), bits: ["end_of_row[0]", "m_axis_tkeep[0..1]"], reason: everyBeatKeeps },
  { files: filesOf(softmax, "_axis_ends"), bits: ["entries_q[0..2][0]", "data_o[0]"], reason: everyBeatKeeps },
];

const uncountedBlock = "Verilator 5.006 does not count the block of a function; each `case` item in it is counted";
const tool: readonly Exclusion[] = [
  {
    files: ["exp_bf16_lane.sv", ...filesOf(softmax, "_normalise_prob_lane")],
    functions: ["times_log2e", "exp2_probability_coarse", "exp2_probability_fine"],
    reason: uncountedBlock,
  },
  {
    files: filesOf(softmax, "_statistics_score_lane"),
    functions: ["times_log2e", "exp2_term_coarse", "exp2_term_fine"],
    reason: uncountedBlock,
  },
  { files: filesOf(softmax, ""), functions: ["log2_sum_coarse", "log2_sum_fine"], reason: uncountedBlock },
];

export const exclusions: readonly Exclusion[] = [...related, ...ofTheSurroundings, ...contract, ...tool];
