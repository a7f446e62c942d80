// SPDX-License-Identifier: Apache-2.0
//
// fire_relu_bf16_lane: position bias added, then ReLU (unfused), one lane
//
// sum = score + bias, rounded to nearest, ties to even; prob = sum if its sign is +, else +0. A
// NaN operand, or inf - inf, gives the canonical NaN; overflow gives +inf.
// The adder works out negative sums too, which the ReLU behind it drops: flare gives the same
// results for less.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 4 cycles, one beat per cycle; registers at: input, select, align, output.
//
// Generated, not edited by hand: npm run gen -- --unit fire_relu --format bf16 --lanes 8 --stages
// 4 --subnormals keep

module fire_relu_bf16_lane (
  input  logic        clk_i,
  input  logic [15:0] score_i,
  input  logic [15:0] bias_i,
  output logic [15:0] prob_o // never negative
);

  // ----------------------------------------------------------------------------
  // Stage 1: registers of the cut "input"
  // ----------------------------------------------------------------------------
  logic [15:0] score_q;
  logic [15:0] bias_q;

  always_ff @(posedge clk_i) begin
    score_q <= score_i;
    bias_q <= bias_i;
  end

  // ----------------------------------------------------------------------------
  // Unpack
  // ----------------------------------------------------------------------------
  logic       score_sign;
  logic [7:0] score_exponent;
  logic       score_hidden;
  logic [6:0] score_mantissa;
  logic       score_special;
  logic       score_fraction;
  logic       bias_sign;
  logic [7:0] bias_exponent;
  logic       bias_hidden;
  logic [6:0] bias_mantissa;
  logic       bias_special;
  logic       bias_fraction;

  assign score_sign = score_q[15];
  assign score_exponent = score_q[14:7];
  assign score_hidden = |score_exponent;
  assign score_mantissa = score_q[6:0];
  assign score_special = &score_exponent;
  assign score_fraction = |score_mantissa;
  assign bias_sign = bias_q[15];
  assign bias_exponent = bias_q[14:7];
  assign bias_hidden = |bias_exponent;
  assign bias_mantissa = bias_q[6:0];
  assign bias_special = &bias_exponent;
  assign bias_fraction = |bias_mantissa;

  // ----------------------------------------------------------------------------
  // Compare magnitudes
  // ----------------------------------------------------------------------------
  logic       subtract;
  logic       is_nan;
  logic       finite;
  logic [8:0] score_above;
  logic [8:0] difference_less_one;
  logic [7:0] bias_above;
  logic       exponents_equal;
  logic       mantissa_greater;
  logic       mantissa_equal;
  logic       exponent_at_least;
  logic       greater;
  logic       equal;
  logic [3:0] score_above_low;
  logic       score_above_beyond;
  logic [3:0] bias_above_low;
  logic       bias_above_beyond;
  logic       unused_exponent_order;
  logic       bias_leads;
  logic       cancels;
  logic       sign;
  logic       regular;
  logic       special;

  // Effective subtraction: the signs differ.
  assign subtract = score_sign ^ bias_sign;

  // NaN before infinity before everything else: a NaN operand, or inf - inf.
  assign is_nan =
      (score_special & score_fraction)
      | (bias_special & bias_fraction)
      | (score_special & bias_special & subtract);

  assign finite = ~score_special & ~bias_special;

  // The top bit is the borrow.
  assign score_above = {1'b0, score_exponent} - {1'b0, bias_exponent};

  // score - bias - 1, whose complement is the difference the other way; carries if that is 0 or
  // more.
  assign difference_less_one = {1'b0, score_exponent} + {1'b0, ~bias_exponent};

  assign bias_above = ~difference_less_one[7:0];
  assign exponents_equal = score_exponent == bias_exponent;
  assign mantissa_greater = score_mantissa > bias_mantissa;
  assign mantissa_equal = score_mantissa == bias_mantissa;
  assign exponent_at_least = ~score_above[8];
  assign greater = difference_less_one[8] | (exponents_equal & mantissa_greater);
  assign equal = exponents_equal & mantissa_equal;
  assign score_above_low = score_above[3:0];
  assign score_above_beyond = |score_above[7:4];
  assign bias_above_low = bias_above[3:0];
  assign bias_above_beyond = |bias_above[7:4];

  // The magnitudes decide, not the exponents alone.
  assign unused_exponent_order = ^{exponent_at_least};

  // The larger magnitude leads; of two equal ones, either.
  assign bias_leads = ~greater;

  // x - x is +0.
  assign cancels = subtract & equal;

  assign sign = (bias_leads ? bias_sign : score_sign) & ~cancels;

  // Neither special nor 0 by cancellation.
  assign regular = finite & ~cancels;

  assign special = ~finite;

  // ----------------------------------------------------------------------------
  // Select: the operand that leads and the one that is shifted
  // ----------------------------------------------------------------------------
  logic [7:0] score_significand;
  logic [7:0] bias_significand;
  logic       beyond;
  logic [7:0] lead;
  logic [7:0] other;
  logic [7:0] lead_exponent;
  logic [3:0] distance;
  logic       finer;
  logic       equal_difference;

  assign score_significand =
      score_hidden
      ? {score_hidden, score_mantissa}
      : {score_mantissa, 1'b0};
  assign bias_significand = bias_hidden ? {bias_hidden, bias_mantissa} : {bias_mantissa, 1'b0};

  // Only its sticky bit is left.
  assign beyond = bias_leads ? bias_above_beyond : score_above_beyond;

  assign lead = bias_leads ? bias_significand : score_significand;
  assign other = (bias_leads ? score_significand : bias_significand) & {8{~beyond}};
  assign lead_exponent = bias_leads ? bias_exponent : score_exponent;
  assign distance = bias_leads ? bias_above_low : score_above_low;

  // A far difference may lose a place: start one finer.
  assign finer = subtract & (bias_leads ? bias_hidden : score_hidden);

  assign equal_difference = subtract & exponents_equal;

  // ----------------------------------------------------------------------------
  // ReLU
  // ----------------------------------------------------------------------------
  logic passes;

  assign passes = ~sign | is_nan;

  // ----------------------------------------------------------------------------
  // Stage 2: registers of the cut "select"
  // ----------------------------------------------------------------------------
  logic [7:0] lead_q;
  logic [7:0] other_q;
  logic [7:0] lead_exponent_q;
  logic [3:0] distance_q;
  logic       finer_q;
  logic       subtract_q;
  logic       equal_difference_q;
  logic       regular_q;
  logic       is_nan_q;
  logic       special_q;
  logic       passes_q;

  always_ff @(posedge clk_i) begin
    lead_q <= lead;
    other_q <= other;
    lead_exponent_q <= lead_exponent;
    distance_q <= distance;
    finer_q <= finer;
    subtract_q <= subtract;
    equal_difference_q <= equal_difference;
    regular_q <= regular;
    is_nan_q <= is_nan;
    special_q <= special;
    passes_q <= passes;
  end

  // ----------------------------------------------------------------------------
  // Select: the operand that leads and the one that is shifted
  // ----------------------------------------------------------------------------
  logic odd;
  logic close;
  logic least_exponent;

  assign odd = distance_q[0];

  // The exponents are at most one apart.
  assign close = ~(|distance_q[3:1]);

  // No room to shift left: the far way takes it.
  assign least_exponent = ~(|lead_exponent_q[7:1]) & (~lead_exponent_q[0] | subtract_q);

  // ----------------------------------------------------------------------------
  // Far: align the other operand to the one that leads
  // ----------------------------------------------------------------------------
  logic [9:0] aligned_first;
  logic [2:0] aligned_pairs;
  logic [9:0] aligned_2;
  logic [9:0] aligned_4;
  logic [9:0] aligned_8;
  logic       unused_aligned_top;
  logic [7:0] aligned;
  logic       aligned_guard;
  logic       aligned_sticky;
  logic [7:0] far_lead;
  logic [7:0] addend;
  logic       carry_in;
  logic       guard;
  logic       sticky;

  // The distance's lowest bit and the early one in a single level: one left, none, one right.
  assign aligned_first =
      (finer_q & ~distance_q[0])
      ? {other_q, 2'd0}
      : ((~finer_q & distance_q[0]) ? {2'd0, other_q} : {1'b0, other_q, 1'b0});

  // Two places each.
  assign aligned_pairs = distance_q[3:1];

  assign aligned_2 = distance_q[1] ? {2'd0, aligned_first[9:2]} : aligned_first;
  assign aligned_4 = distance_q[2] ? {4'd0, aligned_2[9:4]} : aligned_2;
  assign aligned_8 = distance_q[3] ? {8'd0, aligned_4[9:8]} : aligned_4;

  // 0 unless the distance is 0 and the shift early.
  assign unused_aligned_top = ^{aligned_8[9]};

  assign aligned = aligned_8[8:1];
  assign aligned_guard = aligned_8[0];

  // Whether a pair that was shifted out held a 1.
  assign aligned_sticky =
      ((aligned_pairs >= 3'd1) & |aligned_first[1:0])
      | ((aligned_pairs >= 3'd2) & |aligned_first[3:2])
      | ((aligned_pairs >= 3'd3) & |aligned_first[5:4])
      | ((aligned_pairs >= 3'd4) & |aligned_first[7:6]);

  assign far_lead = finer_q ? {lead_q[6:0], 1'b0} : lead_q;
  assign addend = aligned ^ {8{subtract_q}};

  // The complement's + 1, where it comes through from below.
  assign carry_in = subtract_q & ~(aligned_guard | aligned_sticky);

  // After the complement.
  assign guard = subtract_q ? (aligned_guard ^ aligned_sticky) : aligned_guard;

  assign sticky = aligned_sticky;

  // ----------------------------------------------------------------------------
  // Near: subtract
  // ----------------------------------------------------------------------------
  logic [8:0] near_difference;
  logic       near_chosen;
  logic [7:0] near_value;

  assign near_difference = {lead_q, 1'b0} - (odd ? {1'b0, other_q} : {other_q, 1'b0});

  // Only where the difference lost its top bit: it is exact then.
  assign near_chosen = subtract_q & close & ~near_difference[8] & ~least_exponent;

  assign near_value = near_difference[7:0];

  // ----------------------------------------------------------------------------
  // Stage 3: registers of the cut "align"
  // ----------------------------------------------------------------------------
  logic [7:0] far_lead_q;
  logic [7:0] addend_q;
  logic       carry_in_q;
  logic       guard_q;
  logic       sticky_q;
  logic [7:0] lead_exponent_q2;
  logic       least_exponent_q;
  logic       equal_difference_q2;
  logic       subtract_q2;
  logic       finer_q2;
  logic       near_chosen_q;
  logic [7:0] near_value_q;
  logic       regular_q2;
  logic       is_nan_q2;
  logic       special_q2;
  logic       passes_q2;

  always_ff @(posedge clk_i) begin
    far_lead_q <= far_lead;
    addend_q <= addend;
    carry_in_q <= carry_in;
    guard_q <= guard;
    sticky_q <= sticky;
    lead_exponent_q2 <= lead_exponent_q;
    least_exponent_q <= least_exponent;
    equal_difference_q2 <= equal_difference_q;
    subtract_q2 <= subtract_q;
    finer_q2 <= finer_q;
    near_chosen_q <= near_chosen;
    near_value_q <= near_value;
    regular_q2 <= regular_q;
    is_nan_q2 <= is_nan_q;
    special_q2 <= special_q;
    passes_q2 <= passes_q;
  end

  // ----------------------------------------------------------------------------
  // Far: add, and round in the same carry
  // ----------------------------------------------------------------------------
  logic [7:0] upper;
  logic [7:0] upper_plus_one;
  logic       lead_lowest;
  logic       addend_lowest;
  logic       lowest_carry;
  logic       lowest_sum;
  logic       round_up;
  logic       carry_staying;
  logic       carry_growing;
  logic       rounded_lowest;
  logic       upper_carry;
  logic [5:0] staying;
  logic [6:0] growing;
  logic       grows;

  // The top bit is the carry.
  assign upper = {1'b0, far_lead_q[7:1]} + {1'b0, addend_q[7:1]};

  // x - ~y is x + y + 1.
  assign upper_plus_one = {1'b0, far_lead_q[7:1]} - ~{1'b0, addend_q[7:1]};

  assign lead_lowest = far_lead_q[0];
  assign addend_lowest = addend_q[0];
  assign lowest_carry =
      (lead_lowest & addend_lowest)
      | (lead_lowest & carry_in_q)
      | (addend_lowest & carry_in_q);
  assign lowest_sum = lead_lowest ^ addend_lowest ^ carry_in_q;

  // Ties to even, if the result stays in its binade.
  assign round_up = guard_q & (sticky_q | lowest_sum);

  assign carry_staying = lowest_carry | (lowest_sum & round_up);

  // One binade up, the lowest bit is the guard.
  assign carry_growing =
      lowest_carry
      | (lowest_sum & (guard_q | sticky_q | (upper[0] ^ lowest_carry)));

  assign rounded_lowest = lowest_sum ^ round_up;
  assign upper_carry = upper[7];
  assign staying = carry_staying ? upper_plus_one[5:0] : upper[5:0];
  assign growing = carry_growing ? upper_plus_one[6:0] : upper[6:0];

  // Into the next binade.
  assign grows = upper_carry | (upper_plus_one[7] & carry_staying);

  // ----------------------------------------------------------------------------
  // Far: exponent and mantissa
  // ----------------------------------------------------------------------------
  logic [7:0] exponent_grown;
  logic [7:0] exponent_stayed;
  logic [7:0] far_exponent;
  logic       shifts_down;
  logic [6:0] far_mantissa;

  // Worked out finer, growing is staying.
  assign exponent_grown =
      subtract_q2
      ? {lead_exponent_q2[7:1], lead_exponent_q2[0] & ~equal_difference_q2}
      : (lead_exponent_q2 + 8'd1);

  assign exponent_stayed = finer_q2 ? (lead_exponent_q2 - 8'd1) : lead_exponent_q2;
  assign far_exponent = grows ? exponent_grown : exponent_stayed;

  // A least exponent has no place below to work in.
  assign shifts_down = upper_carry | least_exponent_q;

  assign far_mantissa =
      {shifts_down ? growing[6:1] : staying,
       (grows | least_exponent_q) ? (upper_carry ? growing[0] : staying[0]) : rounded_lowest};

  // ----------------------------------------------------------------------------
  // Near: shift left until normal, or until the exponent is 1
  // ----------------------------------------------------------------------------
  logic [7:0] near_stop;
  logic [7:0] normal_marks;
  logic       normal_by_4;
  logic [7:0] normal_4;
  logic [3:0] normal_marks_4;
  logic       normal_by_2;
  logic [7:0] normal_2;
  logic [1:0] normal_marks_2;
  logic       normal_by_1;
  logic [7:0] normal_1;
  logic       unused_normal_marks;
  logic [2:0] near_count;
  logic [3:0] near_low;
  logic [7:0] near_exponent;
  logic [7:0] near_packed;
  logic [6:0] near_mantissa;

  // The place that has exponent 1.
  assign near_stop =
      {lead_exponent_q2 == 8'd2, lead_exponent_q2 == 8'd3, lead_exponent_q2 == 8'd4,
       lead_exponent_q2 == 8'd5, lead_exponent_q2 == 8'd6, lead_exponent_q2 == 8'd7,
       lead_exponent_q2 == 8'd8, 1'b0};

  // The shift stops at the first 1.
  assign normal_marks = near_value_q | near_stop;

  assign normal_by_4 = ~(|normal_marks[7:4]);
  assign normal_4 = normal_by_4 ? {near_value_q[3:0], 4'd0} : near_value_q;
  assign normal_marks_4 = normal_by_4 ? normal_marks[3:0] : normal_marks[7:4];
  assign normal_by_2 = ~(|normal_marks_4[3:2]);
  assign normal_2 = normal_by_2 ? {normal_4[5:0], 2'd0} : normal_4;
  assign normal_marks_2 = normal_by_2 ? normal_marks_4[1:0] : normal_marks_4[3:2];
  assign normal_by_1 = ~(|normal_marks_2[1]);
  assign normal_1 = normal_by_1 ? {normal_2[6:0], 1'b0} : normal_2;

  // Where no bit above is 1, the last one or the stop is.
  assign unused_normal_marks = ^{normal_marks_2[0]};

  assign near_count = {normal_by_4, normal_by_2, normal_by_1};
  assign near_low = {1'b0, lead_exponent_q2[2:0]} + {1'b0, ~near_count};
  assign near_exponent =
      {near_low[3] ? lead_exponent_q2[7:3] : (lead_exponent_q2[7:3] - 5'd1), near_low[2:0]};

  // Exponent 1 without a leading 1 is a subnormal: field 0.
  assign near_packed = {near_exponent[7:1], near_exponent[0] & normal_1[7]};

  assign near_mantissa = normal_1[6:0];

  // ----------------------------------------------------------------------------
  // Near or far
  // ----------------------------------------------------------------------------
  logic [7:0] sum_exponent;
  logic [6:0] sum_mantissa;
  logic       overflow;

  assign sum_exponent = near_chosen_q ? near_packed : far_exponent;
  assign sum_mantissa = near_chosen_q ? near_mantissa : far_mantissa;
  assign overflow = ~subtract_q2 & (lead_exponent_q2 == 8'd254) & grows;

  // ----------------------------------------------------------------------------
  // Zero, infinity and NaN in their places
  // ----------------------------------------------------------------------------
  logic        has_mantissa;
  logic [14:0] sum;

  assign has_mantissa = regular_q2 & ~overflow;
  assign sum =
      {(sum_exponent & {8{regular_q2}}) | {8{special_q2}},
       (sum_mantissa & {7{has_mantissa}}) | {is_nan_q2, 6'd0}};

  // ----------------------------------------------------------------------------
  // ReLU
  // ----------------------------------------------------------------------------
  logic [14:0] prob;

  assign prob = sum & {15{passes_q2}};

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

endmodule : fire_relu_bf16_lane
