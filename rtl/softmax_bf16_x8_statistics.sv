// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_x8_statistics: pass 1 of softmax: the running maximum and the running sum of a row
//
// maximum = largest floor(y), sum = sum of 2^(y - maximum), y = score x log2(e). The maximum is a
// whole number, so that rescaling the sum is a shift. Beats may come with gaps; the row's
// statistics are there for one cycle.

module softmax_bf16_x8_statistics (
  input  logic             clk_i,
  input  logic             rst_ni, // asynchronous assertion, synchronous release
  input  logic             valid_i, // a beat
  input  logic             last_i, // the last one of its row
  input  logic       [7:0] keep_i,
  input  logic [7:0][15:0] score_i,
  output logic             done_o, // the statistics of a row
  output logic      [19:0] maximum_o,
  output logic       [3:0] zeros_o, // sum = 2^(integer bits - 1 - zeros) x (1 + fraction)
  output logic      [11:0] fraction_o,
  output logic             nan_o // NaN or +inf in the row, or nothing but -inf
);

  logic             row_end;
  logic       [7:0] kept;
  logic       [7:0] lane_poison;
  logic       [7:0] lane_dead;
  logic [7:0][19:0] lane_integer;
  logic [7:0][12:0] lane_significand;
  logic             poison;

  assign row_end = valid_i & last_i;
  assign kept = keep_i & {8{valid_i}};

  for (genvar lane = 0; lane < 8; lane++) begin : gen_score
    softmax_bf16_x8_statistics_score_lane u_score (
      .clk_i         (clk_i),
      .kept_i        (kept[lane]),
      .score_i       (score_i[lane]),
      .poison_o      (lane_poison[lane]),
      .dead_o        (lane_dead[lane]),
      .integer_o     (lane_integer[lane]),
      .significand_o (lane_significand[lane])
    );
  end

  assign poison = |lane_poison;

  // ----------------------------------------------------------------------------
  // Stage 1
  // ----------------------------------------------------------------------------
  logic valid_q;
  logic row_end_q;
  logic poison_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      row_end_q <= 1'b0;
    end else begin
      valid_q <= valid_i;
      row_end_q <= row_end;
    end
  end

  always_ff @(posedge clk_i) begin
    poison_q <= poison;
  end

  // ----------------------------------------------------------------------------
  // Stage 2
  // ----------------------------------------------------------------------------
  logic valid_q2;
  logic row_end_q2;
  logic poison_q2;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q2 <= 1'b0;
      row_end_q2 <= 1'b0;
    end else begin
      valid_q2 <= valid_q;
      row_end_q2 <= row_end_q;
    end
  end

  always_ff @(posedge clk_i) begin
    poison_q2 <= poison_q;
  end

  logic [159:0] integers;
  logic  [19:0] integer_0;
  logic  [19:0] integer_1;
  logic  [19:0] integer_2;
  logic  [19:0] integer_3;
  logic  [19:0] integer_4;
  logic  [19:0] integer_5;
  logic  [19:0] integer_6;
  logic  [19:0] integer_7;
  logic  [19:0] maximum_1_0;
  logic  [19:0] maximum_1_1;
  logic  [19:0] maximum_1_2;
  logic  [19:0] maximum_1_3;

  assign integers = lane_integer;
  assign integer_0 = integers[19:0];
  assign integer_1 = integers[39:20];
  assign integer_2 = integers[59:40];
  assign integer_3 = integers[79:60];
  assign integer_4 = integers[99:80];
  assign integer_5 = integers[119:100];
  assign integer_6 = integers[139:120];
  assign integer_7 = integers[159:140];
  assign maximum_1_0 = ($signed(integer_0) > $signed(integer_1)) ? integer_0 : integer_1;
  assign maximum_1_1 = ($signed(integer_2) > $signed(integer_3)) ? integer_2 : integer_3;
  assign maximum_1_2 = ($signed(integer_4) > $signed(integer_5)) ? integer_4 : integer_5;
  assign maximum_1_3 = ($signed(integer_6) > $signed(integer_7)) ? integer_6 : integer_7;

  // ----------------------------------------------------------------------------
  // Stage 3: registers of the cut "maximum_1"
  // ----------------------------------------------------------------------------
  logic      [19:0] maximum_1_0_q;
  logic      [19:0] maximum_1_1_q;
  logic      [19:0] maximum_1_2_q;
  logic      [19:0] maximum_1_3_q;
  logic             valid_q3;
  logic             row_end_q3;
  logic             poison_q3;
  logic       [7:0] lane_dead_q;
  logic [7:0][19:0] lane_integer_q;
  logic [7:0][12:0] lane_significand_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q3 <= 1'b0;
      row_end_q3 <= 1'b0;
    end else begin
      valid_q3 <= valid_q2;
      row_end_q3 <= row_end_q2;
    end
  end

  always_ff @(posedge clk_i) begin
    maximum_1_0_q <= maximum_1_0;
    maximum_1_1_q <= maximum_1_1;
    maximum_1_2_q <= maximum_1_2;
    maximum_1_3_q <= maximum_1_3;
    poison_q3 <= poison_q2;
    lane_dead_q <= lane_dead;
    lane_integer_q <= lane_integer;
    lane_significand_q <= lane_significand;
  end

  logic [19:0] maximum_2_0;
  logic [19:0] maximum_2_1;

  assign maximum_2_0 =
      ($signed(maximum_1_0_q) > $signed(maximum_1_1_q))
      ? maximum_1_0_q
      : maximum_1_1_q;
  assign maximum_2_1 =
      ($signed(maximum_1_2_q) > $signed(maximum_1_3_q))
      ? maximum_1_2_q
      : maximum_1_3_q;

  // ----------------------------------------------------------------------------
  // Stage 4: registers of the cut "maximum_2"
  // ----------------------------------------------------------------------------
  logic      [19:0] maximum_2_0_q;
  logic      [19:0] maximum_2_1_q;
  logic             valid_q4;
  logic             row_end_q4;
  logic             poison_q4;
  logic       [7:0] lane_dead_q2;
  logic [7:0][19:0] lane_integer_q2;
  logic [7:0][12:0] lane_significand_q2;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q4 <= 1'b0;
      row_end_q4 <= 1'b0;
    end else begin
      valid_q4 <= valid_q3;
      row_end_q4 <= row_end_q3;
    end
  end

  always_ff @(posedge clk_i) begin
    maximum_2_0_q <= maximum_2_0;
    maximum_2_1_q <= maximum_2_1;
    poison_q4 <= poison_q3;
    lane_dead_q2 <= lane_dead_q;
    lane_integer_q2 <= lane_integer_q;
    lane_significand_q2 <= lane_significand_q;
  end

  logic [19:0] running_maximum_q; // largest integer of the row so far
  logic        fresh_q; // the next beat is the first of its row
  logic        running_poison_q; // the row so far holds NaN or +inf

  logic [19:0] maximum_3_0;

  assign maximum_3_0 =
      ($signed(maximum_2_0_q) > $signed(maximum_2_1_q))
      ? maximum_2_0_q
      : maximum_2_1_q;

  // ----------------------------------------------------------------------------
  // Running maximum of the integers: the sum is rescaled by whole powers of two
  // ----------------------------------------------------------------------------
  logic [20:0] rise;
  logic        rises;
  logic        forget;
  logic  [4:0] rise_low;

  // Minus 1: the complement, with no carry in.
  assign rise = {maximum_3_0[19], maximum_3_0} + ~{running_maximum_q[19], running_maximum_q};

  // A gap between beats changes nothing: it is dead.
  assign rises = fresh_q | ~rise[20];

  // Nothing is left of the sum so far.
  assign forget = fresh_q | (rises & ((maximum_3_0[19] ^ maximum_3_0[18]) | |rise[20:5]));
  assign rise_low = rise[4:0];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      fresh_q <= 1'b1;
    end else begin
      if (valid_q4) begin
        fresh_q <= row_end_q4;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (rises) begin
      running_maximum_q <= maximum_3_0;
    end
    running_poison_q <= poison_q4 | (running_poison_q & ~fresh_q);
  end

  // ----------------------------------------------------------------------------
  // Stage 5
  // ----------------------------------------------------------------------------
  logic       [4:0] rise_low_q;
  logic             rises_q;
  logic             forget_q;
  logic       [7:0] lane_dead_q3;
  logic [7:0][19:0] lane_integer_q3;
  logic [7:0][12:0] lane_significand_q3;
  logic             row_end_q5;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_end_q5 <= 1'b0;
    end else begin
      row_end_q5 <= row_end_q4;
    end
  end

  always_ff @(posedge clk_i) begin
    rise_low_q <= rise_low;
    rises_q <= rises;
    forget_q <= forget;
    lane_dead_q3 <= lane_dead_q2;
    lane_integer_q3 <= lane_integer_q2;
    lane_significand_q3 <= lane_significand_q2;
  end

  // ----------------------------------------------------------------------------
  // Running maximum of the integers: the sum is rescaled by whole powers of two
  // ----------------------------------------------------------------------------
  logic        clear;
  logic  [4:0] rescale;
  logic [19:0] row_maximum;
  logic        row_poisoned;

  // A rise of 32 clears the sum as well.
  assign clear = forget_q | (rises_q & &rise_low_q);
  assign rescale = (rise_low_q + 5'd1) & {5{rises_q}};

  // This beat included.
  assign row_maximum = running_maximum_q;
  assign row_poisoned = running_poison_q;

  // ----------------------------------------------------------------------------
  // Terms: 2^(y - maximum), lane by lane
  // ----------------------------------------------------------------------------
  logic [7:0][23:0] lane_term;

  for (genvar lane = 0; lane < 8; lane++) begin : gen_term
    softmax_bf16_x8_statistics_term_lane u_term (
      .clk_i         (clk_i),
      .dead_i        (lane_dead_q3[lane]),
      .integer_i     (lane_integer_q3[lane]),
      .significand_i (lane_significand_q3[lane]),
      .maximum_i     (row_maximum),
      .term_o        (lane_term[lane])
    );
  end

  // ----------------------------------------------------------------------------
  // Stage 6
  // ----------------------------------------------------------------------------
  logic        clear_q;
  logic  [4:0] rescale_q;
  logic        row_end_q6;
  logic [19:0] row_maximum_q;
  logic        row_poisoned_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_end_q6 <= 1'b0;
    end else begin
      row_end_q6 <= row_end_q5;
    end
  end

  always_ff @(posedge clk_i) begin
    clear_q <= clear;
    rescale_q <= rescale;
    row_maximum_q <= row_maximum;
    row_poisoned_q <= row_poisoned;
  end

  // ----------------------------------------------------------------------------
  // Stage 7
  // ----------------------------------------------------------------------------
  logic        clear_q2;
  logic  [4:0] rescale_q2;
  logic        row_end_q7;
  logic [19:0] row_maximum_q2;
  logic        row_poisoned_q2;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_end_q7 <= 1'b0;
    end else begin
      row_end_q7 <= row_end_q6;
    end
  end

  always_ff @(posedge clk_i) begin
    clear_q2 <= clear_q;
    rescale_q2 <= rescale_q;
    row_maximum_q2 <= row_maximum_q;
    row_poisoned_q2 <= row_poisoned_q;
  end

  // ----------------------------------------------------------------------------
  // Terms: 2^(y - maximum), lane by lane
  // ----------------------------------------------------------------------------
  logic [191:0] terms;

  assign terms = lane_term;

  // ----------------------------------------------------------------------------
  // Sum of the beat's terms
  // ----------------------------------------------------------------------------
  logic [23:0] term_0;
  logic [23:0] term_1;
  logic [23:0] term_2;
  logic [23:0] term_3;
  logic [23:0] term_4;
  logic [23:0] term_5;
  logic [23:0] term_6;
  logic [23:0] term_7;
  logic [24:0] sum_1_0;
  logic [24:0] sum_1_1;
  logic [24:0] sum_1_2;
  logic [24:0] sum_1_3;
  logic [25:0] sum_2_0;
  logic [25:0] sum_2_1;

  assign term_0 = terms[23:0];
  assign term_1 = terms[47:24];
  assign term_2 = terms[71:48];
  assign term_3 = terms[95:72];
  assign term_4 = terms[119:96];
  assign term_5 = terms[143:120];
  assign term_6 = terms[167:144];
  assign term_7 = terms[191:168];
  assign sum_1_0 = {1'b0, term_0} + {1'b0, term_1};
  assign sum_1_1 = {1'b0, term_2} + {1'b0, term_3};
  assign sum_1_2 = {1'b0, term_4} + {1'b0, term_5};
  assign sum_1_3 = {1'b0, term_6} + {1'b0, term_7};
  assign sum_2_0 = {1'b0, sum_1_0} + {1'b0, sum_1_1};
  assign sum_2_1 = {1'b0, sum_1_2} + {1'b0, sum_1_3};

  // ----------------------------------------------------------------------------
  // Stage 8: registers of the cut "sum_2"
  // ----------------------------------------------------------------------------
  logic [25:0] sum_2_0_q;
  logic [25:0] sum_2_1_q;
  logic        clear_q3;
  logic  [4:0] rescale_q3;
  logic        row_end_q8;
  logic [19:0] row_maximum_q3;
  logic        row_poisoned_q3;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_end_q8 <= 1'b0;
    end else begin
      row_end_q8 <= row_end_q7;
    end
  end

  always_ff @(posedge clk_i) begin
    sum_2_0_q <= sum_2_0;
    sum_2_1_q <= sum_2_1;
    clear_q3 <= clear_q2;
    rescale_q3 <= rescale_q2;
    row_maximum_q3 <= row_maximum_q2;
    row_poisoned_q3 <= row_poisoned_q2;
  end

  // ----------------------------------------------------------------------------
  // Sum of the beat's terms
  // ----------------------------------------------------------------------------
  logic [26:0] sum_3_0;

  assign sum_3_0 = {1'b0, sum_2_0_q} + {1'b0, sum_2_1_q};

  // ----------------------------------------------------------------------------
  // Stage 9: registers of the cut "sum_3"
  // ----------------------------------------------------------------------------
  logic [26:0] sum_3_0_q;
  logic        clear_q4;
  logic  [4:0] rescale_q4;
  logic        row_end_q9;
  logic [19:0] row_maximum_q4;
  logic        row_poisoned_q4;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_end_q9 <= 1'b0;
    end else begin
      row_end_q9 <= row_end_q8;
    end
  end

  always_ff @(posedge clk_i) begin
    sum_3_0_q <= sum_3_0;
    clear_q4 <= clear_q3;
    rescale_q4 <= rescale_q3;
    row_maximum_q4 <= row_maximum_q3;
    row_poisoned_q4 <= row_poisoned_q3;
  end

  logic [35:0] sum_q; // unsigned, 23 fraction bits

  // ----------------------------------------------------------------------------
  // Running sum: shift what is there to the new maximum, add the beat
  // ----------------------------------------------------------------------------
  logic [35:0] kept_sum;
  logic [35:0] rescaled_sum;

  assign kept_sum = sum_q & {36{~clear_q4}};
  assign rescaled_sum = kept_sum >> rescale_q4;

  always_ff @(posedge clk_i) begin
    sum_q <= rescaled_sum + {9'd0, sum_3_0_q};
  end

  // ----------------------------------------------------------------------------
  // Stage 10
  // ----------------------------------------------------------------------------
  logic        row_end_q10;
  logic [19:0] row_maximum_q5;
  logic        row_poisoned_q5;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_end_q10 <= 1'b0;
    end else begin
      row_end_q10 <= row_end_q9;
    end
  end

  always_ff @(posedge clk_i) begin
    row_maximum_q5 <= row_maximum_q4;
    row_poisoned_q5 <= row_poisoned_q4;
  end

  // ----------------------------------------------------------------------------
  // Running sum: shift what is there to the new maximum, add the beat
  // ----------------------------------------------------------------------------
  logic [35:0] row_sum;

  // This beat included.
  assign row_sum = sum_q;

  // ----------------------------------------------------------------------------
  // Leading one of the row's sum
  // ----------------------------------------------------------------------------
  logic [15:0] marks;
  logic [23:0] below_leading;
  logic        unused_row_sum;
  logic        no_sum;
  logic        skip_8;
  logic [23:0] below_leading_8;
  logic  [7:0] marks_8;
  logic        skip_4;
  logic [23:0] below_leading_4;
  logic  [3:0] marks_4;
  logic        skip_2;
  logic [23:0] below_leading_2;
  logic  [1:0] marks_2;
  logic        skip_1;
  logic [23:0] below_leading_1;
  logic        unused_marks;
  logic        unused_below;
  logic  [3:0] zeros;
  logic [11:0] fraction;

  // The integer bits.
  assign marks = {row_sum[35:23], 3'd0};
  assign below_leading = row_sum[34:11];

  // Below what the logarithm sees of the least sum.
  assign unused_row_sum = ^{row_sum[10:0]};
  assign no_sum = ~(|marks);
  assign skip_8 = ~(|marks[15:8]);
  assign below_leading_8 = skip_8 ? {below_leading[15:0], 8'd0} : below_leading;
  assign marks_8 = skip_8 ? marks[7:0] : marks[15:8];
  assign skip_4 = ~(|marks_8[7:4]);
  assign below_leading_4 = skip_4 ? {below_leading_8[19:0], 4'd0} : below_leading_8;
  assign marks_4 = skip_4 ? marks_8[3:0] : marks_8[7:4];
  assign skip_2 = ~(|marks_4[3:2]);
  assign below_leading_2 = skip_2 ? {below_leading_4[21:0], 2'd0} : below_leading_4;
  assign marks_2 = skip_2 ? marks_4[1:0] : marks_4[3:2];
  assign skip_1 = ~(|marks_2[1]);
  assign below_leading_1 = skip_1 ? {below_leading_2[22:0], 1'b0} : below_leading_2;

  // Where no bit above is 1, the last one is.
  assign unused_marks = ^{marks_2[0]};

  // The logarithm takes f in the middle of its step.
  assign unused_below = ^{below_leading_1[11:0]};
  assign zeros = {skip_8, skip_4, skip_2, skip_1};
  assign fraction = below_leading_1[23:12];

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign done_o = row_end_q10;
  assign maximum_o = row_maximum_q5;
  assign zeros_o = zeros;
  assign fraction_o = fraction;
  assign nan_o = no_sum | row_poisoned_q5;

endmodule : softmax_bf16_x8_statistics
