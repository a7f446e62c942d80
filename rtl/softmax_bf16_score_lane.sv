// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_score_lane: a score as a power of two, one lane of softmax's pass 1
//
// y = score x log2(e) = integer_o + fraction; significand_o = 2^fraction. A lane that is not kept,
// -inf, NaN and +inf are dead: no term of the sum. NaN and +inf also poison the row.

module softmax_bf16_score_lane (
  input  logic        clk_i,
  input  logic        kept_i, // the lane holds an element of a beat
  input  logic [15:0] score_i,
  output logic        poison_o, // NaN or +inf
  output logic        dead_o, // no term of the sum
  output logic [19:0] integer_o, // floor(y)
  output logic [12:0] significand_o
);

  // ----------------------------------------------------------------------------
  // What is no term of the sum
  // ----------------------------------------------------------------------------
  logic special;
  logic poison;
  logic dead;
  logic off;

  // Infinity or NaN.
  assign special = &score_i[14:7];

  assign poison = kept_i & special & ~(score_i[15] & ~(|score_i[6:0]));
  assign dead = ~kept_i | special;
  assign off = ~kept_i;

  // ----------------------------------------------------------------------------
  // Score to key: classify, multiply by log2(e), align
  // ----------------------------------------------------------------------------
  logic  [7:0] exponent;
  logic [21:0] product_high;
  logic [21:0] product_low;
  logic [25:0] full_product;
  logic        is_large;
  logic        tiny;
  logic  [6:0] mantissa;
  logic [25:0] product;
  logic  [4:0] distance;
  logic        negative;

  assign exponent = score_i[14:7] | {8{off}};
  assign product_high = softmax_bf16_pkg::times_log2e({1'b1, score_i[6:4]});
  assign product_low = softmax_bf16_pkg::times_log2e(score_i[3:0]);

  // At most 255 x log2(e).
  assign full_product = {product_high, 4'd0} + {4'd0, product_low};

  // |x| >= 2^15: the key is the code itself, in steps of 16.
  assign is_large = exponent[7] & (|exponent[6:4] | &exponent[3:1]);

  // |x| < 2^-15: the key is that of 0; only the sign still counts.
  assign tiny = ~(exponent[7] | &exponent[6:4]);

  // Nothing of what stands in a lane that is off.
  assign mantissa = score_i[6:0] & {7{~off}};

  assign product =
      (full_product & {26{~(is_large | tiny)}})
      | ({exponent[6:0], mantissa, 12'd0} & {26{is_large}});

  // 143 - exponent, from 2 to 31; a large score is not shifted.
  assign distance = {exponent[4], ~exponent[3:0]} & {5{~is_large}};

  // -0 is 0.
  assign negative = (score_i[15] & |score_i[14:0]) | off;

  // ----------------------------------------------------------------------------
  // Stage 1: registers of the cut "product"
  // ----------------------------------------------------------------------------
  logic [25:0] product_q;
  logic  [4:0] distance_q;
  logic        is_large_q;
  logic        negative_q;
  logic        dead_q;

  always_ff @(posedge clk_i) begin
    product_q <= product;
    distance_q <= distance;
    is_large_q <= is_large;
    negative_q <= negative;
    dead_q <= dead;
  end

  // ----------------------------------------------------------------------------
  // Score to key: classify, multiply by log2(e), align
  // ----------------------------------------------------------------------------
  logic [29:0] unaligned;
  logic [29:0] magnitude_by_16;
  logic [29:0] magnitude_by_8;
  logic [29:0] magnitude_by_4;
  logic [29:0] magnitude_by_2;
  logic [29:0] magnitude_by_1;
  logic [31:0] key;

  assign unaligned = {product_q, 4'd0};
  assign magnitude_by_16 = distance_q[4] ? {16'd0, unaligned[29:16]} : unaligned;
  assign magnitude_by_8 = distance_q[3] ? {8'd0, magnitude_by_16[29:8]} : magnitude_by_16;
  assign magnitude_by_4 = distance_q[2] ? {4'd0, magnitude_by_8[29:4]} : magnitude_by_8;
  assign magnitude_by_2 = distance_q[1] ? {2'd0, magnitude_by_4[29:2]} : magnitude_by_4;
  assign magnitude_by_1 = distance_q[0] ? {1'b0, magnitude_by_2[29:1]} : magnitude_by_2;
  assign key = {1'b0, is_large_q, magnitude_by_1} ^ {32{negative_q}};

  // ----------------------------------------------------------------------------
  // Stage 2: registers of the cut "key"
  // ----------------------------------------------------------------------------
  logic [31:0] key_q;
  logic        dead_q2;

  always_ff @(posedge clk_i) begin
    key_q <= key;
    dead_q2 <= dead_q;
  end

  // ----------------------------------------------------------------------------
  // 2^fraction: the diagonal and two corrections
  // ----------------------------------------------------------------------------
  logic [11:0] fraction;
  logic  [9:0] exp2_coarse;
  logic  [4:0] exp2_fine;
  logic [12:0] significand;

  assign fraction = key_q[11:0];
  assign exp2_coarse = softmax_bf16_pkg::exp2_term_coarse(fraction[11:6]);
  assign exp2_fine = softmax_bf16_pkg::exp2_term_fine({fraction[11:9], fraction[5:2]});

  // Below 2: the table's values were all looked at.
  assign significand =
      ({1'b1, fraction} + {{3{exp2_coarse[9]}}, exp2_coarse})
      + {8'd0, exp2_fine};

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign poison_o = poison;
  assign dead_o = dead_q2;
  assign integer_o = key_q[31:12];
  assign significand_o = significand;

endmodule : softmax_bf16_score_lane
