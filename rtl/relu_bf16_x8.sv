// SPDX-License-Identifier: Apache-2.0
//
// relu_bf16_x8: rectified linear unit, 8 lanes
//
// prob = score if its sign bit is 0, else +0. The sign bit alone decides: a positive NaN passes
// unchanged, a negative one gives +0.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 1 cycle, one beat per cycle; registers at: output.
//
// Generated, not edited by hand: npm run gen -- --unit relu --format bf16 --lanes 8 --stages 1
// --subnormals keep

module relu_bf16_x8 (
  input  logic             clk_i,
  input  logic             rst_ni, // asynchronous assertion, synchronous release
  input  logic             in_valid_i, // score_i holds a beat
  input  logic [7:0][15:0] score_i,
  output logic             out_valid_o, // prob_o holds the result of a beat
  output logic [7:0][15:0] prob_o
);

  logic in_valid_q;

  logic [7:0][15:0] prob;

  for (genvar lane = 0; lane < 8; lane++) begin : gen_lane
    relu_bf16_lane u_lane (
      .clk_i   (clk_i),
      .score_i (score_i[lane]),
      .prob_o  (prob[lane])
    );
  end

  // ----------------------------------------------------------------------------
  // Delays
  // ----------------------------------------------------------------------------
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      in_valid_q <= 1'b0;
    end else begin
      in_valid_q <= in_valid_i;
    end
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign out_valid_o = in_valid_q;
  assign prob_o = prob;

endmodule : relu_bf16_x8
