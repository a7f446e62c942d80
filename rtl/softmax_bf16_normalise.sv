// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_normalise: pass 2 of softmax: probabilities from scores and the row's statistics
//
// release_o says that the row's last beat is where row_log_i is taken: it may change after that
// cycle.

module softmax_bf16_normalise #(
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

  logic            [3:0] row_end_q; // row_end, 1 to 4 cycles later
  logic            [3:0] valid_q; // valid_i, 1 to 4 cycles later
  logic [3:0][Lanes-1:0] keep_q; // keep_i, 1 to 4 cycles later

  logic row_end;

  assign row_end = valid_i & last_i;

  // ----------------------------------------------------------------------------
  // Delays
  // ----------------------------------------------------------------------------
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_end_q <= '0;
      valid_q <= '0;
    end else begin
      row_end_q <= {row_end_q[2:0], row_end};
      valid_q <= {valid_q[2:0], valid_i};
    end
  end

  always_ff @(posedge clk_i) begin
    keep_q <= {keep_q[2:0], keep_i};
  end

  logic [Lanes-1:0][15:0] prob;

  for (genvar lane = 0; lane < Lanes; lane++) begin : gen_prob
    softmax_bf16_prob_lane u_prob (
      .clk_i     (clk_i),
      .keep_i    (keep_i[lane]),
      .score_i   (score_i[lane]),
      .row_log_i (row_log_i),
      .nan_i     (nan_i),
      .prob_o    (prob[lane])
    );
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign release_o = row_end_q[1];
  assign valid_o = valid_q[3];
  assign last_o = row_end_q[3];
  assign keep_o = keep_q[3];
  assign prob_o = prob;

endmodule : softmax_bf16_normalise
