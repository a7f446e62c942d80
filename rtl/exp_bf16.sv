// SPDX-License-Identifier: Apache-2.0
//
// exp_bf16: the exponential of softmax's pass 2 by itself, for tests, 1 lane
//
// prob = e^score. Overflow gives +inf, a result below 2^-126 gives +0, a NaN gives the canonical
// NaN. Every result is within one unit in the last place.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 4 cycles, one beat per cycle; registers at: input, product, key, output.
//
// Generated, not edited by hand: npm run gen -- --unit exp --format bf16 --lanes 1 --stages 4
// --subnormals keep

module exp_bf16 (
  input  logic             clk_i,
  input  logic             rst_ni, // asynchronous assertion, synchronous release
  input  logic             in_valid_i, // score_i holds a beat
  input  logic [0:0][15:0] score_i,
  output logic             out_valid_o, // prob_o holds the result of a beat
  output logic [0:0][15:0] prob_o
);

  logic [3:0] in_valid_q; // in_valid_i, 1 to 4 cycles later

  logic [0:0][15:0] prob;

  for (genvar lane = 0; lane < 1; lane++) begin : gen_lane
    exp_bf16_lane u_lane (
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

endmodule : exp_bf16
