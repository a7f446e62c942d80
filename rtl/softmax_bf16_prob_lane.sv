// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_prob_lane: a probability, one lane of softmax's pass 2
//
// p = 2^(y - row_log), y = score x log2(e), without a divider and without a multiplier.
// Precedence: a lane that is not kept gives +0, a row that is not a number NaN, and p below 2^-126
// gives +0.

module softmax_bf16_prob_lane (
  input  logic        clk_i,
  input  logic        keep_i,
  input  logic [15:0] score_i,
  input  logic [31:0] row_log_i, // maximum + log2(sum)
  input  logic        nan_i, // the whole row is NaN
  output logic [15:0] prob_o
);

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

  assign exponent = score_i[14:7];
  assign product_high = softmax_bf16_pkg::times_log2e({1'b1, score_i[6:4]});
  assign product_low = softmax_bf16_pkg::times_log2e(score_i[3:0]);

  // At most 255 x log2(e).
  assign full_product = {product_high, 4'd0} + {4'd0, product_low};

  // |x| >= 2^15: the key is the code itself, in steps of 16.
  assign is_large = exponent[7] & (|exponent[6:4] | &exponent[3:1]);

  // |x| < 2^-15: the key is that of 0; only the sign still counts.
  assign tiny = ~(exponent[7] | &exponent[6:4]);

  assign product =
      (full_product & {26{~(is_large | tiny)}})
      | ({exponent[6:0], score_i[6:0], 12'd0} & {26{is_large}});

  // 143 - exponent, from 2 to 31; a large score is not shifted.
  assign distance = {exponent[4], ~exponent[3:0]} & {5{~is_large}};

  // -0 is 0.
  assign negative = score_i[15] & |score_i[14:0];

  // ----------------------------------------------------------------------------
  // Stage 1: registers of the cut "product"
  // ----------------------------------------------------------------------------
  logic [25:0] product_q;
  logic  [4:0] distance_q;
  logic        is_large_q;
  logic        negative_q;
  logic        keep_q;

  always_ff @(posedge clk_i) begin
    product_q <= product;
    distance_q <= distance;
    is_large_q <= is_large;
    negative_q <= negative;
    keep_q <= keep_i;
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
  logic        keep_q2;

  always_ff @(posedge clk_i) begin
    key_q <= key;
    keep_q2 <= keep_q;
  end

  // ----------------------------------------------------------------------------
  // log2(p) = y - row_log, and where that is too low
  // ----------------------------------------------------------------------------
  logic [32:0] logarithm;
  logic        above_minus_129;
  logic        other_large;
  logic        zero_exponent;
  logic        zero_mantissa;
  logic [19:0] logarithm_low;

  assign logarithm = {key_q[31], key_q} - {row_log_i[31], row_log_i};
  assign above_minus_129 = &logarithm[31:19];

  // A large score beside a larger one.
  assign other_large = (key_q[31] ^ key_q[30]) & ~(&logarithm[18:16] & |logarithm[15:12]);

  // Not kept, or p below 2^-127.
  assign zero_exponent =
      ~keep_q2
      | (logarithm[32] & ((~above_minus_129 | ~(|logarithm[18:12])) | other_large));

  assign zero_mantissa = zero_exponent | (logarithm[32] & ~(|logarithm[18:13]));
  assign logarithm_low = logarithm[19:0];

  // ----------------------------------------------------------------------------
  // Stage 3: registers of the cut "difference"
  // ----------------------------------------------------------------------------
  logic [19:0] logarithm_low_q;
  logic        zero_exponent_q;
  logic        zero_mantissa_q;
  logic        keep_q3;
  logic        nan_q;

  always_ff @(posedge clk_i) begin
    logarithm_low_q <= logarithm_low;
    zero_exponent_q <= zero_exponent;
    zero_mantissa_q <= zero_mantissa;
    keep_q3 <= keep_q2;
    nan_q <= nan_i;
  end

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

  assign fraction = logarithm_low_q[11:0];
  assign exp2_coarse = softmax_bf16_pkg::exp2_probability_coarse(fraction[11:6]);
  assign exp2_fine = softmax_bf16_pkg::exp2_probability_fine({fraction[11:9], fraction[5:1]});
  assign whole = logarithm_low_q[19:12];

  // One less in the integer part: the biased exponent is then that part with its top bit
  // inverted.
  assign level = {{10{exp2_coarse[10]}}, exp2_coarse} - 21'h2000;

  assign power = ({{whole, fraction}, 1'b0} + level) + {15'd0, exp2_fine};

  // The sign, which is that of the logarithm; and the bits below the result's last place.
  assign unused_power = ^{power[20], power[5:0]};

  // ----------------------------------------------------------------------------
  // Result
  // ----------------------------------------------------------------------------
  logic        nan_kept;
  logic [15:0] prob;

  assign nan_kept = nan_q & keep_q3;

  // 0x7FC0, or a value of at most 1.
  assign prob =
      {1'b0, nan_kept, (power[19:13] & {7{~zero_exponent_q}}) | {7{nan_kept}},
       (power[12:6] & {7{~(zero_mantissa_q | nan_q)}}) | {nan_kept, 6'd0}};

  // ----------------------------------------------------------------------------
  // Stage 4
  // ----------------------------------------------------------------------------
  logic [15:0] prob_q;

  always_ff @(posedge clk_i) begin
    prob_q <= prob;
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign prob_o = prob_q;

endmodule : softmax_bf16_prob_lane
