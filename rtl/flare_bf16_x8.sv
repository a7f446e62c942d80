// SPDX-License-Identifier: Apache-2.0
//
// flare_bf16_x8: position bias and ReLU fused: the comparison decides before the addition, 8 lanes
//
// prob = score + bias, rounded to nearest, ties to even, if bias > -score; else +0. A NaN operand,
// or inf - inf, gives the canonical NaN; overflow gives +inf.
// It works out no negative sum: use an adder where one is wanted.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 4 cycles, one beat per cycle; registers at: input, select, align, output.
// Operand isolation: on, what follows the comparison holds still where the result is 0.
//
// Generated, not edited by hand: npm run gen -- --unit flare --format bf16 --lanes 8 --stages 4
// --subnormals keep

module flare_bf16_x8 (
  input  logic             clk_i,
  input  logic             rst_ni, // asynchronous assertion, synchronous release
  input  logic             in_valid_i, // score_i and bias_i hold a beat
  input  logic [7:0][15:0] score_i,
  input  logic [7:0][15:0] bias_i,
  output logic             out_valid_o, // prob_o holds the result of a beat
  output logic [7:0][15:0] prob_o
);

  logic [3:0] in_valid_q; // in_valid_i, 1 to 4 cycles later

  logic [7:0][15:0] prob;

  for (genvar lane = 0; lane < 8; lane++) begin : gen_lane
    flare_bf16_lane u_lane (
      .clk_i   (clk_i),
      .score_i (score_i[lane]),
      .bias_i  (bias_i[lane]),
      .prob_o  (prob[lane])
    );
  end

  // ----------------------------------------------------------------------------
  // Delays
  // ----------------------------------------------------------------------------
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      in_valid_q <= '0;
    end else begin
      in_valid_q <= {in_valid_q[2:0], in_valid_i};
    end
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign out_valid_o = in_valid_q[3];
  assign prob_o = prob;

endmodule : flare_bf16_x8
