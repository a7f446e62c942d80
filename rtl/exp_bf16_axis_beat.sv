// SPDX-License-Identifier: Apache-2.0
//
// exp_bf16_axis_beat: exp_bf16 with the end of the row and the kept lanes travelling beside it
//
// entry_o = {last, kept, magnitudes}: probabilities have no sign, and those of lanes not kept are
// zero.

module exp_bf16_axis_beat (
  input  logic        aclk,
  input  logic        aresetn, // asynchronous assertion, synchronous release
  input  logic        valid_i,
  input  logic        last_i,
  input  logic        kept_i,
  input  logic [15:0] score_i,
  output logic        valid_o,
  output logic [16:0] entry_o
);

  logic        core_valid;
  logic [15:0] prob;

  exp_bf16 #(.Lanes(1)) u_core (
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
  logic last_q;
  logic kept_q;

  always_ff @(posedge aclk) begin
    last_q <= last_i;
    kept_q <= kept_i;
  end

  // ----------------------------------------------------------------------------
  // Stage 2
  // ----------------------------------------------------------------------------
  logic last_q2;
  logic kept_q2;

  always_ff @(posedge aclk) begin
    last_q2 <= last_q;
    kept_q2 <= kept_q;
  end

  // ----------------------------------------------------------------------------
  // Stage 3
  // ----------------------------------------------------------------------------
  logic last_q3;
  logic kept_q3;

  always_ff @(posedge aclk) begin
    last_q3 <= last_q2;
    kept_q3 <= kept_q2;
  end

  // ----------------------------------------------------------------------------
  // Stage 4
  // ----------------------------------------------------------------------------
  logic last_q4;
  logic kept_q4;

  always_ff @(posedge aclk) begin
    last_q4 <= last_q3;
    kept_q4 <= kept_q3;
  end

  logic unused_signs;

  // Always 0: a probability is never negative.
  assign unused_signs = ^{prob[15]};

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign valid_o = core_valid;
  assign entry_o = {last_q4, kept_q4, prob[14:0] & {15{kept_q4}}};

endmodule : exp_bf16_axis_beat
