// SPDX-License-Identifier: Apache-2.0
//
// relu_bf16_x8_axis_beat: relu_bf16_x8 with the end of the row and the kept lanes travelling
// beside it
//
// entry_o = {last, kept, magnitudes}: probabilities have no sign, and those of lanes not kept are
// zero.

module relu_bf16_x8_axis_beat (
  input  logic         aclk,
  input  logic         aresetn, // asynchronous assertion, synchronous release
  input  logic         valid_i,
  input  logic         last_i,
  input  logic   [7:0] kept_i,
  input  logic [127:0] score_i,
  output logic         valid_o,
  output logic [128:0] entry_o
);

  logic         core_valid;
  logic [127:0] prob;

  relu_bf16_x8 #(.Lanes(8)) u_core (
    .clk_i       (aclk),
    .rst_ni      (aresetn),
    .in_valid_i  (valid_i),
    .score_i     (score_i),
    .out_valid_o (core_valid),
    .prob_o      (prob)
  );

  // ----------------------------------------------------------------------------
  // Stage 1
  // ----------------------------------------------------------------------------
  logic       last_q;
  logic [7:0] kept_q;

  always_ff @(posedge aclk) begin
    last_q <= last_i;
    kept_q <= kept_i;
  end

  logic unused_signs;

  // Always 0: a probability is never negative.
  assign unused_signs =
      ^{prob[127], prob[111], prob[95], prob[79], prob[63], prob[47], prob[31], prob[15]};

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign valid_o = core_valid;
  assign entry_o =
      {last_q, kept_q, prob[126:112] & {15{kept_q[7]}}, prob[110:96] & {15{kept_q[6]}},
       prob[94:80] & {15{kept_q[5]}}, prob[78:64] & {15{kept_q[4]}},
       prob[62:48] & {15{kept_q[3]}}, prob[46:32] & {15{kept_q[2]}},
       prob[30:16] & {15{kept_q[1]}}, prob[14:0] & {15{kept_q[0]}}};

endmodule : relu_bf16_x8_axis_beat
