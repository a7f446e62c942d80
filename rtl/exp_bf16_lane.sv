// SPDX-License-Identifier: Apache-2.0
//
// exp_bf16_lane: the exponential of softmax's pass 2 by itself, for tests, one lane
//
// prob = e^score. Overflow gives +inf, a result below 2^-126 gives +0, a NaN gives the canonical
// NaN. Every result is within one unit in the last place.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 4 cycles, one beat per cycle; registers at: input, product, key, output.
//
// Generated, not edited by hand: npm run gen -- --unit exp --format bf16 --lanes 1 --stages 4
// --subnormals keep

module exp_bf16_lane (
  input  logic        clk_i,
  input  logic [15:0] score_i,
  output logic [15:0] prob_o // never negative
);

  // ----------------------------------------------------------------------------
  // Stage 1: registers of the cut "input"
  // ----------------------------------------------------------------------------
  logic [15:0] score_q;

  always_ff @(posedge clk_i) begin
    score_q <= score_i;
  end

  // ----------------------------------------------------------------------------
  // Infinity and NaN
  // ----------------------------------------------------------------------------
  logic special;
  logic is_nan;

  // Infinity or NaN.
  assign special = &score_q[14:7];

  assign is_nan = special & |score_q[6:0];

  // ----------------------------------------------------------------------------
  // Score to key: classify, multiply by log2(e), align
  // ----------------------------------------------------------------------------
  logic  [7:0] exponent;
  logic [21:0] product_high;
  logic [21:0] product_low;
  logic [25:0] full_product;
  logic        is_large;
  logic        tiny;
  logic [25:0] product;
  logic  [4:0] distance;
  logic        negative;

  assign exponent = score_q[14:7];
  assign product_high = softmax_bf16_pkg::times_log2e({1'b1, score_q[6:4]});
  assign product_low = softmax_bf16_pkg::times_log2e(score_q[3:0]);

  // At most 255 x log2(e).
  assign full_product = {product_high, 4'd0} + {4'd0, product_low};

  // |x| >= 2^15: the key is the code itself, in steps of 16.
  assign is_large = exponent[7] & (|exponent[6:4] | &exponent[3:1]);

  // |x| < 2^-15: the key is that of 0; only the sign still counts.
  assign tiny = ~(exponent[7] | &exponent[6:4]);

  assign product =
      (full_product & {26{~(is_large | tiny)}})
      | ({exponent[6:0], score_q[6:0], 12'd0} & {26{is_large}});

  // 143 - exponent, from 2 to 31; a large score is not shifted.
  assign distance = {exponent[4], ~exponent[3:0]} & {5{~is_large}};

  // -0 is 0.
  assign negative = score_q[15] & |score_q[14:0];

  // ----------------------------------------------------------------------------
  // Stage 2: registers of the cut "product"
  // ----------------------------------------------------------------------------
  logic [25:0] product_q;
  logic  [4:0] distance_q;
  logic        is_large_q;
  logic        negative_q;
  logic        is_nan_q;

  always_ff @(posedge clk_i) begin
    product_q <= product;
    distance_q <= distance;
    is_large_q <= is_large;
    negative_q <= negative;
    is_nan_q <= is_nan;
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
  // Stage 3: registers of the cut "key"
  // ----------------------------------------------------------------------------
  logic [31:0] key_q;
  logic        is_nan_q2;

  always_ff @(posedge clk_i) begin
    key_q <= key;
    is_nan_q2 <= is_nan_q;
  end

  // ----------------------------------------------------------------------------
  // Where the exponent leaves its range; an infinity is as far out as a large score
  // ----------------------------------------------------------------------------
  logic        infinite;
  logic        is_zero;
  logic        no_mantissa;
  logic [19:0] logarithm;

  // 2^128 or more.
  assign infinite = ~key_q[31] & |key_q[30:19];

  // Below 2^-127, which rounds to 0.
  assign is_zero = key_q[31] & (~(&key_q[30:19]) | ~(|key_q[18:12]));

  // At 2^-127 it is 2^-126 or 0, nothing between.
  assign no_mantissa = infinite | (key_q[31] & &key_q[30:19] & ~(|key_q[18:13]));

  assign logarithm = key_q[19:0];

  // ----------------------------------------------------------------------------
  // 2^fraction: the diagonal and two corrections; half a place is in the table, so cutting off
  // rounds
  // ----------------------------------------------------------------------------
  logic [11:0] fraction;
  logic [10:0] exp2_coarse;
  logic  [5:0] exp2_fine;
  logic  [7:0] whole;
  logic [20:0] level;
  logic [20:0] power;
  logic        unused_power;

  assign fraction = logarithm[11:0];
  assign exp2_coarse = softmax_bf16_pkg::exp2_probability_coarse(fraction[11:6]);
  assign exp2_fine = softmax_bf16_pkg::exp2_probability_fine({fraction[11:9], fraction[5:1]});
  assign whole = logarithm[19:12];

  // One less in the integer part: the biased exponent is then that part with its top bit
  // inverted.
  assign level = {{10{exp2_coarse[10]}}, exp2_coarse} - 21'h2000;

  assign power = ({{whole, fraction}, 1'b0} + level) + {15'd0, exp2_fine};

  // Below the result's last place.
  assign unused_power = ^{power[5:0]};

  // ----------------------------------------------------------------------------
  // Zero, infinity and NaN in their places
  // ----------------------------------------------------------------------------
  logic        gives_nan;
  logic [14:0] prob;

  assign gives_nan = is_nan_q2;
  assign prob =
      {({~power[20], power[19:13]} & {8{~is_zero}}) | {8{infinite | gives_nan}},
       (power[12:6] & {7{~(is_zero | no_mantissa | gives_nan)}}) | {gives_nan, 6'd0}};

  // ----------------------------------------------------------------------------
  // Stage 4: registers of the cut "output"
  // ----------------------------------------------------------------------------
  logic [14:0] prob_q;

  always_ff @(posedge clk_i) begin
    prob_q <= prob;
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign prob_o = {1'b0, prob_q};

endmodule : exp_bf16_lane
