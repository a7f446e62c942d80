// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_term_lane_f23: a lane's term of the sum, behind the running maximum of softmax's
// pass 1
//
// term_o = significand_i x 2^(integer_i - maximum_i), cut off at the last place of the sum.

module softmax_bf16_term_lane_f23 (
  input  logic        clk_i,
  input  logic        dead_i, // no term
  input  logic [19:0] integer_i,
  input  logic [12:0] significand_i,
  input  logic [19:0] maximum_i, // at least integer_i
  output logic [23:0] term_o
);

  logic [20:0] difference;
  logic  [4:0] distance;
  logic        below_by_32;
  logic        no_term;

  // Minus 1: the complement, with no carry in.
  assign difference = {integer_i[19], integer_i} + ~{maximum_i[19], maximum_i};

  // maximum - integer, the complement of the difference.
  assign distance = ~difference[4:0];

  assign below_by_32 = ~(&difference[20:5]);

  // Large scores count if equal.
  assign no_term = dead_i | below_by_32 | ((integer_i[19] ^ integer_i[18]) & |distance);

  // ----------------------------------------------------------------------------
  // Stage 1: registers of the cut "distance"
  // ----------------------------------------------------------------------------
  logic [12:0] significand_q;
  logic        no_term_q;
  logic  [4:0] distance_q;

  always_ff @(posedge clk_i) begin
    significand_q <= significand_i;
    no_term_q <= no_term;
    distance_q <= distance;
  end

  logic [23:0] unit_term;
  logic [23:0] term;

  assign unit_term = {significand_q, 11'd0} & {24{~no_term_q}};
  assign term = unit_term >> distance_q;

  // ----------------------------------------------------------------------------
  // Stage 2: registers of the cut "term"
  // ----------------------------------------------------------------------------
  logic [23:0] term_q;

  always_ff @(posedge clk_i) begin
    term_q <= term;
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign term_o = term_q;

endmodule : softmax_bf16_term_lane_f23
