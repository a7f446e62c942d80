// SPDX-License-Identifier: Apache-2.0
//
// relu_bf16_lane: rectified linear unit, one lane
//
// prob = score if its sign bit is 0, else +0. The sign bit alone decides: a positive NaN passes
// unchanged, a negative one gives +0.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 1 cycle, one beat per cycle; registers at: output.
//
// Generated, not edited by hand: npm run gen -- --unit relu --format bf16 --lanes 8 --stages 1
// --subnormals keep

module relu_bf16_lane (
  input  logic        clk_i,
  input  logic [15:0] score_i,
  output logic [15:0] prob_o // never negative
);

  logic [14:0] magnitude;
  logic        positive;
  logic [14:0] prob;

  assign magnitude = score_i[14:0];
  assign positive = ~score_i[15];
  assign prob = magnitude & {15{positive}};

  // ----------------------------------------------------------------------------
  // Stage 1: registers of the cut "output"
  // ----------------------------------------------------------------------------
  logic [14:0] prob_q;

  always_ff @(posedge clk_i) begin
    prob_q <= prob;
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign prob_o = {1'b0, prob_q};

endmodule : relu_bf16_lane
