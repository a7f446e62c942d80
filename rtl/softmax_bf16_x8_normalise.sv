// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_x8_normalise: pass 2 of softmax: probabilities from scores and the row's statistics
//
// release_o says that the row's last beat is where row_log_i is taken: it may change after that
// cycle.

module softmax_bf16_x8_normalise #(
  parameter int Lanes = 8 // elements per beat
) (
  input  logic                   clk_i,
  input  logic                   rst_ni, // asynchronous assertion, synchronous release
  input  logic                   valid_i, // a beat
  input  logic                   last_i, // the last one of its row
  input  logic       [Lanes-1:0] keep_i,
  input  logic [Lanes-1:0][15:0] score_i,
  input  logic            [31:0] row_log_i, // maximum + log2(sum)
  input  logic                   nan_i, // the whole row is NaN
  output logic                   release_o, // the statistics are not needed any more
  output logic                   valid_o,
  output logic                   last_o,
  output logic       [Lanes-1:0] keep_o,
  output logic [Lanes-1:0][15:0] prob_o
);

  logic row_end;

  assign row_end = valid_i & last_i;

  // ----------------------------------------------------------------------------
  // Stage 1
  // ----------------------------------------------------------------------------
  logic             row_end_q;
  logic             valid_q;
  logic [Lanes-1:0] keep_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_end_q <= 1'b0;
      valid_q <= 1'b0;
    end else begin
      row_end_q <= row_end;
      valid_q <= valid_i;
    end
  end

  always_ff @(posedge clk_i) begin
    keep_q <= keep_i;
  end

  // ----------------------------------------------------------------------------
  // Stage 2
  // ----------------------------------------------------------------------------
  logic             row_end_q2;
  logic             valid_q2;
  logic [Lanes-1:0] keep_q2;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_end_q2 <= 1'b0;
      valid_q2 <= 1'b0;
    end else begin
      row_end_q2 <= row_end_q;
      valid_q2 <= valid_q;
    end
  end

  always_ff @(posedge clk_i) begin
    keep_q2 <= keep_q;
  end

  logic [Lanes-1:0][15:0] prob;

  for (genvar lane = 0; lane < Lanes; lane++) begin : gen_prob
    softmax_bf16_x8_normalise_prob_lane u_prob (
      .clk_i     (clk_i),
      .keep_i    (keep_i[lane]),
      .score_i   (score_i[lane]),
      .row_log_i (row_log_i),
      .nan_i     (nan_i),
      .prob_o    (prob[lane])
    );
  end

  // ----------------------------------------------------------------------------
  // Stage 3
  // ----------------------------------------------------------------------------
  logic             valid_q3;
  logic             row_end_q3;
  logic [Lanes-1:0] keep_q3;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q3 <= 1'b0;
      row_end_q3 <= 1'b0;
    end else begin
      valid_q3 <= valid_q2;
      row_end_q3 <= row_end_q2;
    end
  end

  always_ff @(posedge clk_i) begin
    keep_q3 <= keep_q2;
  end

  // ----------------------------------------------------------------------------
  // Stage 4
  // ----------------------------------------------------------------------------
  logic             valid_q4;
  logic             row_end_q4;
  logic [Lanes-1:0] keep_q4;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q4 <= 1'b0;
      row_end_q4 <= 1'b0;
    end else begin
      valid_q4 <= valid_q3;
      row_end_q4 <= row_end_q3;
    end
  end

  always_ff @(posedge clk_i) begin
    keep_q4 <= keep_q3;
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign release_o = row_end_q2;
  assign valid_o = valid_q4;
  assign last_o = row_end_q4;
  assign keep_o = keep_q4;
  assign prob_o = prob;

endmodule : softmax_bf16_x8_normalise
